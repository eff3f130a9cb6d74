// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.incident.notify.RecipientResolver;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.roster.LastNotified;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pull requests to the job configuration, each in a file with the jobs before and after it and the comment; take over the present
 * comments with {@code -Dgolden.update=true}.
 */
class JobChangesTest {

    private static final Path FOLDER = Path.of("src/test/resources/jobchanges");
    private static final Instant NOW = Instant.parse("2026-07-15T10:00:00Z");
    private static final String FILE_MARKER = "# file: ";

    private static CommandEnvironment environment;

    @BeforeAll
    static void load() throws InvalidConfigException {
        Config config = new ConfigLoader(Path.of("config/examples"), Path.of("config/examples/jobs")).load();
        environment = new CommandEnvironment(
                null,
                null,
                new RecipientResolver(config.roster(), config.sigs(), LastNotified.never()),
                config.diagnoser(),
                config.runUrls(),
                "support",
                null,
                new GitHubMarkdown());
    }

    static Stream<Path> pullRequests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pullRequests")
    void theCommentShowsWhatChangesForPeople(Path file) throws IOException {
        String text = Files.readString(file);
        String before = between(text, "=== before\n", "=== after\n");
        String after = between(text, "=== after\n", "=== comment\n");
        JobFiles files = new JobFiles(files(before), files(after), null);
        String comment = JobsHandler.comment(files, environment, NOW);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, "=== before\n" + before + "=== after\n" + after + "=== comment\n" + comment);
        }

        assertThat(comment).isEqualTo(text.substring(text.indexOf("=== comment\n") + "=== comment\n".length()));
        assertThat(JobsHandler.comment(new JobFiles(files.after(), files.after(), null), environment, NOW))
                .as("without a change")
                .isEmpty();
    }

    @Test
    void whatChangesForNobodyIsSilent() throws IOException {
        Set<String> silent = Set.of(
                "11-only-the-image-changes.txt",
                "14-moved-to-another-file.txt",
                "19-problem-that-was-there-before.txt");
        for (Path file : pullRequests().toList()) {
            assertThat(Files.readString(file).endsWith("=== comment\n"))
                    .as(file.toString())
                    .isEqualTo(silent.contains(file.getFileName().toString()));
        }
    }

    private static List<JobConfigFile> files(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        String name = text.startsWith(FILE_MARKER)
                ? text.substring(FILE_MARKER.length(), text.indexOf('\n'))
                : "harbour.yaml";
        return List.of(JobConfigFile.parse(name, text));
    }

    private static String between(String text, String from, String to) {
        return text.substring(text.indexOf(from) + from.length(), text.indexOf(to));
    }
}
