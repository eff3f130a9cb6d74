// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.store.OutboxState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links, files and commands in the documents exist and work. */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```([a-z]*)\\n(.*?)^ *```$");
    private static final Pattern TYPED = Pattern.compile("`(ci-notify|make)( [^`]*)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern FILE = Pattern.compile("`((?:config|docs|manifests|image|src)/[A-Za-z0-9_./-]+)`");

    /** Where the documents are read by people who have no clone. */
    private static final String PAGES = "https://github.com/kubevirt/ci-notify/blob/main/";

    static Stream<Path> documents() throws IOException {
        List<Path> found =
                new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("SECURITY.md")));
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(found::add);
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linkTargetsExist(Path document) throws IOException {
        for (String link : all(LINK, Files.readString(document), 1)) {
            if (link.startsWith("https://") || link.startsWith("mailto:")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? document
                    : document.resolveSibling(parts[0]).normalize();
            assertThat(target).as(document + ": " + link).exists();
            if (parts.length == 2) {
                assertThat(anchors(target)).as(document + ": " + link).contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void namedFilesExist(Path document) throws IOException {
        assertThat(all(FILE, Files.readString(document), 1))
                .allSatisfy(file ->
                        assertThat(Path.of(file)).as(document.toString()).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void namedCommandsExist(Path document) throws IOException {
        for (String typed : typed(document)) {
            List<String> words = List.of(typed.strip().split("\\s+"));
            if (words.getFirst().equals("make") && words.size() > 1) {
                assertThat(targets()).as(document + ": " + typed).contains(words.get(1));
            } else if (words.getFirst().equals("ci-notify")
                    && words.size() > 1
                    && !words.get(1).startsWith("-")) {
                assertThat(CommandLineOptions.commands())
                        .as(document + ": " + typed)
                        .contains(words.get(1));
                String[] command = CommandLineOptions.command(words.subList(1, words.size()));
                assertThat(CommandLineOptions.of(command))
                        .as(document + ": " + typed)
                        .containsAll(words.stream()
                                .filter(word -> word.startsWith("--"))
                                .map(word -> word.split("=")[0])
                                .toList());
            }
        }
    }

    /** A file with the name of a target must not prevent it, and Maven needs the JDK. */
    @Test
    void targetsArePhonyAndFindTheJdk() throws IOException {
        String makefile = Files.readString(Path.of("Makefile"));
        List<String> described = all(Pattern.compile("(?m)^([a-z-]+):.*## "), makefile, 1);

        assertThat(all(Pattern.compile("(?m)^\\.PHONY: (.*)$"), makefile, 1))
                .singleElement()
                .satisfies(phony -> assertThat(phony.split(" ")).containsAll(described));
        assertThat(all(Pattern.compile("(?m)^([a-z-]+:.*) ##.*\\n\t@?\\$\\(MVN\\)"), makefile, 1))
                .hasSizeGreaterThan(10)
                .allMatch(target -> target.matches("(build: jdk|.*: (jdk|build|program).*)"));
    }

    @Test
    void theStatesOfNotificationsAreThoseOfTheMetric() throws IOException {
        String row = all(
                        Pattern.compile("(?m)^\\| `ci_notify_notifications` .* state: (.*)\\. \\|$"),
                        Files.readString(Path.of("docs/metrics.md")),
                        1)
                .getFirst();
        assertThat(row.replaceAll(" \\([^)]*\\)", "").split(", "))
                .containsExactlyInAnyOrder(
                        Stream.of(OutboxState.values()).map(OutboxState::value).toArray(String[]::new));
    }

    @Test
    void alertsLinkToRunbooks() throws IOException {
        String alerts = Files.readString(Path.of("manifests/monitoring/alerts.yaml"));
        List<String> runbooks = all(Pattern.compile("runbook_url: " + PAGES + "(\\S+)"), alerts, 1);
        assertThat(runbooks).hasSameSizeAs(all(Pattern.compile("- alert: "), alerts, 0));
        for (String runbook : runbooks) {
            String[] parts = runbook.split("#");
            assertThat(anchors(Path.of(parts[0]))).contains(parts[1]);
        }
    }

    private static List<String> typed(Path document) throws IOException {
        List<String> typed = new ArrayList<>(commandLines(document));
        for (MatchResult match :
                TYPED.matcher(Files.readString(document)).results().toList()) {
            typed.add(match.group(1) + match.group(2));
        }
        return typed;
    }

    /** The lines of blocks without a language: commands to type. */
    private static List<String> commandLines(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .filter(block -> block.group(1).isEmpty())
                .flatMap(block -> block.group(2).lines())
                .map(String::strip)
                .filter(line -> line.startsWith("ci-notify ") || line.startsWith("make "))
                .toList();
    }

    private static List<String> targets() throws IOException {
        return all(Pattern.compile("(?m)^([a-z-]+):"), Files.readString(Path.of("Makefile")), 1);
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path document) throws IOException {
        return all(HEADING, Files.readString(document), 1).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<String> all(Pattern pattern, String text, int group) {
        return pattern.matcher(text).results().map(match -> match.group(group)).collect(Collectors.toList());
    }
}
