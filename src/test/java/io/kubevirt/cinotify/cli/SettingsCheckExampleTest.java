// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that comments on pull requests to the settings: its scripts with what the commands really print, and its YAML. */
class SettingsCheckExampleTest {

    private static final Path EXAMPLE = Path.of("config/examples/settings-check");
    private static final String MARKER = "<!-- ci-notify settings -->\n";

    @TempDir
    Path folder;

    private Path history;

    @BeforeEach
    void prepare() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/history/four-weeks.jsonl"));
        history = Files.write(folder.resolve("history.jsonl"), lines.subList(0, 120));
        // Stands for the program: prints what the command of the same name printed in this process.
        script("ci-notify", "cat " + folder + "/$1.txt; exit $(cat " + folder + "/$1.code)");
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void prints(String command, Terminal.Result result) throws IOException {
        Files.writeString(folder.resolve(command + ".txt"), result.out() + result.err());
        Files.writeString(folder.resolve(command + ".code"), String.valueOf(result.code()));
    }

    private void prints(Path change) throws IOException {
        prints("check-config", Terminal.run("check-config", "--config", change.toString()));
        prints("replay", Terminal.run("replay", "--compare", change.toString(), "--history", history.toString()));
    }

    private Terminal.Result run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", folder.toString(), (path, mine) -> mine + ":" + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Terminal.Result(process.waitFor(), out, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Terminal.Result check(Path change) throws IOException {
        return run(
                "sh", EXAMPLE.resolve("check.sh").toString(), "config", change.toString(), "jobs", history.toString());
    }

    private Path change(String from, String to) throws IOException {
        Path change = Preset.copyTo(folder.resolve("change"), UnaryOperator.identity());
        Path settings = change.resolve("ci-notify.yaml");
        String text = Files.readString(settings);
        assertThat(text).contains(from);
        Files.writeString(settings, text.replace(from, to));
        return change;
    }

    @Test
    void theDifferenceIsShownForEachPerson() throws IOException {
        Path change = change("workingHours: 09:00-17:00", "workingHours: 13:00-17:00");
        prints(change);
        Terminal.Result result = check(change);

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith(MARKER + "What these settings change")
                .contains("With the other configuration: ", " at another time\n", "\n  > ")
                .doesNotContain("With the current configuration");
    }

    @Test
    void settingsThatChangeNothingAreReportedInOneSentence() throws IOException {
        prints(Path.of("config"));
        Terminal.Result result = check(Path.of("config"));

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(MARKER + "These settings change no notification of the replayed history.\n");
    }

    @Test
    void problemsAreShownAndFailTheJob() throws IOException {
        Path change = change("workingHours: 09:00-17:00", "workingHours: 25:00-````");
        prints("check-config", Terminal.run("check-config", "--config", change.toString()));
        Terminal.Result result = check(change);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .startsWith(MARKER + "The settings have problems:\n\n````\n")
                .contains("workingHours");
        assertThat(result.out().split("````", -1))
                .as("the block ends at its end")
                .hasSize(3);
    }

    @Test
    void theCommentIsEdited() throws IOException {
        Path log = folder.resolve("gh.log");
        script("gh", "echo \"$*\" >>" + log + "; cat " + folder + "/known");
        Files.writeString(folder.resolve("known"), "");
        String[] comment = {
            "sh", EXAMPLE.resolve("comment.sh").toString(), "harbour/infra", "7", "harbour-robot", "x.md"
        };
        assertThat(run(comment).code()).isZero();
        Files.writeString(folder.resolve("known"), "42\n");
        assertThat(run(comment).code()).isZero();

        assertThat(Files.readAllLines(log).stream().filter(line -> line.contains("body=@")))
                .containsExactly(
                        "api repos/harbour/infra/issues/7/comments -F body=@x.md",
                        "api -X PATCH repos/harbour/infra/issues/comments/42 -F body=@x.md");
    }

    @Test
    void theJobAndTheActionCallTheScriptsOfTheBaseCommit() throws IOException, InvalidConfigException {
        String job = Files.readString(EXAMPLE.resolve("prowjob.yaml"));
        JobConfigFile jobs = JobConfigFile.parse("prowjob.yaml", job);
        assertThat(jobs.problems()).isEmpty();
        assertThat(jobs.jobs()).singleElement().satisfies(presubmit -> assertThat(presubmit.isRequired())
                .isFalse());

        String action = Files.readString(EXAMPLE.resolve("github-action.yaml"));
        assertThat(YamlDocument.parse("github-action.yaml", action)
                        .root()
                        .path("jobs")
                        .path("compare")
                        .path("steps"))
                .hasSize(6);
        for (String text : List.of(job, action)) {
            assertThat(Pattern.compile("sh (\\S*)/ci-notify/(?:check|comment)\\.sh")
                            .matcher(text)
                            .results())
                    .hasSize(2)
                    .allSatisfy(call -> assertThat(call.group(1)).endsWith("base"));
        }
    }

    @Test
    void theOptionsOfTheScriptExist() throws IOException {
        String script = Files.readString(EXAMPLE.resolve("check.sh"));
        assertThat(Pattern.compile("\\$notify ([a-z-]+) ([^>]*)>")
                        .matcher(script)
                        .results())
                .hasSize(2)
                .allSatisfy(call -> assertThat(CommandLineOptions.of(call.group(1)))
                        .containsAll(Stream.of(call.group(2).split(" "))
                                .filter(word -> word.startsWith("--"))
                                .toList()));
    }
}
