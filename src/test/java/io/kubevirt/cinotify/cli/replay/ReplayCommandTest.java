// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.cli.Terminal;
import io.kubevirt.cinotify.fixture.Preset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command, over four weeks of a real history. */
class ReplayCommandTest {

    private static final Path SAMPLE = Path.of("src/test/resources/history/four-weeks.jsonl");

    private static final String UNTIL = "2026-07-13T20:00:00Z";

    @TempDir
    Path folder;

    private static Terminal.Result replay(Path history, String... more) {
        return Terminal.run(
                Stream.concat(Stream.of("replay", "--history", history.toString(), "--output", "json"), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void theJsonHasEachFieldOfItsContract() throws IOException {
        JsonNode report = replay(SAMPLE).json().getFirst();

        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "runs", "from", "until", "perWeek", "messages", "incidents", "suppressed", "conservation");
        assertThat(report.path("perWeek").fieldNames()).toIterable().containsExactly("mean", "p95", "max");
        assertThat(report.path("messages").path(0).fieldNames())
                .toIterable()
                .containsExactly("at", "kind", "person", "channel", "audience", "sig", "area", "incident", "text");
        assertThat(report.path("incidents").path(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "kind",
                        "title",
                        "why",
                        "area",
                        "sig",
                        "lanes",
                        "openedAt",
                        "closedAt",
                        "runs",
                        "pulls",
                        "foldedInto",
                        "suspects");
        JsonNode where = report.path("conservation");
        assertThat(where.path("received").asInt())
                .isEqualTo(report.path("runs").asInt())
                .isEqualTo(Stream.of("delivered", "suppressed", "deferred", "failed", "inProgress")
                        .mapToInt(name -> where.path(name).asInt(-1))
                        .sum());
        assertThat(report.path("perWeek").path("mean").asDouble()).isBetween(1.0, 6.0);
    }

    @Test
    void theReportDoesNotDependOnTheOrderOfLines() throws IOException {
        String once = replay(SAMPLE).out();
        assertThat(replay(SAMPLE).out()).isEqualTo(once);
        for (int seed = 0; seed < 3; seed++) {
            List<String> lines = new ArrayList<>(Files.readAllLines(SAMPLE));
            Collections.shuffle(lines, new Random(seed));
            assertThat(replay(Files.write(folder.resolve("shuffled.jsonl"), lines))
                            .out())
                    .as("seed %d", seed)
                    .isEqualTo(once);
        }
    }

    @Test
    void suspectsNeedTheTestedCommitsAndTheMerges() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int run = 0; run < 9; run++) {
            lines.add("""
                    {"job": "pull-kubevirt-e2e-k8s-1.36-sig-compute", "repo": "kubevirt/kubevirt", "type": "presubmit",
                     "state": "%s", "pulls": [%d], "buildId": "%d", "finishedAt": "2026-07-13T%02d:00:00Z", "baseSha": "%s"}
                    """.formatted(
                            run < 4 ? "success" : "failure",
                            100 + run,
                            100 + run,
                            8 + run,
                            (run < 4 ? "a" : "c").repeat(40))
                    .replace("\n", ""));
        }
        Path history = Files.write(folder.resolve("history.jsonl"), lines);
        Path merges =
                Files.writeString(folder.resolve("merges"), merge("a", 1, 1) + merge("b", 2, 9) + merge("c", 3, 10));

        JsonNode without = replay(history, "--until", UNTIL)
                .json()
                .getFirst()
                .path("incidents")
                .path(0)
                .path("suspects");
        JsonNode with = replay(history, "--until", UNTIL, "--merges", merges.toString())
                .json()
                .getFirst()
                .path("incidents")
                .path(0)
                .path("suspects");

        assertThat(without.path(0).asText()).isEqualTo("suspects: unknown");
        assertThat(with.path(0).asText()).isEqualTo("suspects: 2 changes since the last green run, none stands out");
        assertThat(with.toString()).contains("kubevirt/kubevirt#2");
        Files.writeString(merges, "{}\nnonsense");
        assertThat(replay(history, "--merges", merges.toString()).err()).contains("is not a merge");
        Files.writeString(merges, merge("a", 1, 1) + merge("b", 2, 9).replace("mergedAt", "merged"));
        assertThat(replay(history, "--merges", merges.toString()).err())
                .startsWith(merges + ":2: is not a merge; use the fields repository,");
        Path absent = folder.resolve("absent");
        assertThat(replay(absent, "--merges", absent.toString()).err())
                .as("before the history is read")
                .startsWith("--merges: cannot read " + absent);
    }

    private static String merge(String commit, int number, int hour) {
        return """
                {"repository": "kubevirt/kubevirt", "branch": "main", "commit": "%s", "number": %d, "title": "T", "author": "dev",\
                 "mergedAt": "2026-07-13T%02d:30:00Z", "paths": ["x/y.c"], "allPaths": true}
                """.formatted(commit.repeat(40), number, hour);
    }

    @Test
    void aDirectoryOfGzipFilesIsOneHistory() throws IOException {
        List<String> lines = Files.readAllLines(SAMPLE);
        Files.write(folder.resolve("a.jsonl"), lines.subList(0, 100));
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.jsonl.gz")))) {
            packed.write(String.join("\n", lines.subList(100, lines.size())).getBytes());
        }

        assertThat(replay(folder).out()).isEqualTo(replay(SAMPLE).out());
    }

    @Test
    void aDuplicateBuildCountsOnce() throws IOException {
        Files.copy(SAMPLE, folder.resolve("a.jsonl"));
        Files.copy(SAMPLE, folder.resolve("b.jsonl"));

        JsonNode twice = replay(folder).json().getFirst();

        assertThat(twice.path("messages"))
                .isEqualTo(replay(SAMPLE).json().getFirst().path("messages"));
        assertThat(twice.path("suppressed").path("duplicate").asInt() * 2)
                .isEqualTo(twice.path("runs").asInt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"job\": \"a\"                                               | is not JSON",
                "17                                                            | is not an object",
                "{\"job\": \"a\", \"state\": \"failure\"}                      | has no time",
                "{\"job\": \"a\", \"startedAt\": \"yesterday\"}                | startedAt: \"yesterday\" is not an"
                        + " instant",
                "{\"job\": \"a\", \"startedAt\": \"2024-07-12T16:47:07Z\", \"state\": \"failed\"} | unknown run state",
                "{\"startedAt\": \"2024-07-12T16:47:07Z\"}                     | no job given",
            })
    void aBrokenLineIsReportedWithItsNumberAndSkippedOnRequest(String line, String reason) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(SAMPLE));
        lines.add(4, line);
        Path broken = Files.write(folder.resolve("broken.jsonl"), lines);

        Terminal.Result refused = replay(broken);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("broken.jsonl:5: ").contains(reason);

        Terminal.Result skipped = replay(broken, "--skip-bad-lines");
        assertThat(skipped.code()).isZero();
        assertThat(skipped.err()).contains("skipped", "broken.jsonl:5: ");
        assertThat(skipped.out()).isEqualTo(replay(SAMPLE).out());
    }

    @Test
    void unknownFieldsAreIgnored() throws IOException {
        List<String> lines = Files.readAllLines(SAMPLE).stream()
                .map(line -> "{\"unknown\": {\"x\": 1}," + line.substring(1))
                .toList();

        assertThat(replay(Files.write(folder.resolve("more.jsonl"), lines)).out())
                .isEqualTo(replay(SAMPLE).out());
    }

    @Test
    void aMissingFileIsReported() {
        Terminal.Result missing = replay(folder.resolve("none.jsonl"));
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("none.jsonl", "no such file or directory");
        assertThat(replay(folder).err()).contains("contains no history file");
    }

    @Test
    void aReplayStopsAtUntil() throws IOException {
        JsonNode report =
                replay(SAMPLE, "--until", "2024-11-25T00:00:00Z").json().getFirst();

        assertThat(report.path("until").asText()).isEqualTo("2024-11-25T00:00:00Z");
        assertThat(report.path("messages")).isNotEmpty().allSatisfy(message -> assertThat(
                        message.path("at").asText())
                .isLessThanOrEqualTo("2024-11-25T00:00:00Z"));
    }

    @Test
    void withoutAcknowledgementsAllEscalationsHappen() throws IOException {
        assertThat(replay(SAMPLE).json().getFirst().path("messages").findValuesAsText("kind"))
                .doesNotContain("escalated");
        assertThat(replay(SAMPLE, "--no-acks")
                        .json()
                        .getFirst()
                        .path("messages")
                        .findValuesAsText("kind"))
                .contains("escalated");
    }

    @Test
    void theSameConfigurationMakesNoDifference() throws IOException {
        Terminal.Result same = replay(SAMPLE, "--compare", "config");

        assertThat(same.code()).isZero();
        assertThat(same.json().getFirst().path("compare").path("gained")).isEmpty();
    }

    @Test
    void theTextBeginsWithTheResultOfTheComparison() {
        Terminal.Result same =
                Terminal.run("replay", "--history", SAMPLE.toString(), "--output", "text", "--compare", "config");

        assertThat(same.out().lines().skip(2).findFirst()).contains("The other configuration changes nothing.");
    }

    @Test
    void anotherConfigurationShowsGainedAndLostMessagesByPerson() throws IOException {
        Terminal.Result different =
                replay(SAMPLE, "--compare", changed("presubmits:\n    pulls: 3 ", "presubmits:\n    pulls: 6 "));

        assertThat(different.code()).isEqualTo(3);
        JsonNode compare = different.json().getFirst().path("compare");
        assertThat(compare.path("lost")).isNotEmpty();
        assertThat(compare.at("/perPerson/dhiller/lost").asInt()).isPositive();
    }

    @Test
    void aMessageAtAnotherTimeIsNeitherGainedNorLost() throws IOException {
        String later = changed("    time: 10m ", "    time: 11m ");

        Terminal.Result moved = replay(SAMPLE, "--compare", later);
        assertThat(moved.code()).isEqualTo(3);
        JsonNode compare = moved.json().getFirst().path("compare");
        assertThat(compare.path("gained")).isEmpty();
        assertThat(compare.path("lost")).isEmpty();
        assertThat(compare.path("moved")).isNotEmpty().allSatisfy(move -> assertThat(
                        move.at("/message/at").asText())
                .isGreaterThan(move.path("from").asText()));

        assertThat(Terminal.run("replay", "--history", SAMPLE.toString(), "--output", "text", "--compare", later)
                        .out())
                .contains("With the other configuration: 0 messages more, 0 fewer, "
                        + compare.path("moved").size() + " at another time\n");
    }

    /** A copy of the preset with another line in it. */
    private String changed(String line, String other) throws IOException {
        Preset.copyTo(folder, UnaryOperator.identity());
        Path settings = folder.resolve("ci-notify.yaml");
        String preset = Files.readString(settings);
        assertThat(preset).contains(line);
        Files.writeString(settings, preset.replace(line, other));
        return folder.toString();
    }

    @Test
    void aSummaryHasFiguresOnly() throws IOException {
        String[] arguments = {"replay", "--history", SAMPLE.toString(), "--summary", "--output"};
        Terminal.Result text = Terminal.run(append(arguments, "text"));
        assertThat(text.out())
                .contains("messages a week", "messages by person")
                .containsPattern("(?m)^\\d+ incidents?\\Z");
        assertThat(text.err()).isEmpty();
        assertThat(Terminal.run(append(arguments, "json")).json().getFirst().path("incidents"))
                .isEmpty();
    }

    private static String[] append(String[] arguments, String last) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }

    @Test
    void theTextHasTablesByWeekPersonSigAndReason() {
        Terminal.Result text = Terminal.run("replay", "--history", SAMPLE.toString(), "--output", "text");

        assertThat(text.out())
                .contains("messages a week", "2024-11-11", "by person", "dhiller", "by SIG", "below-threshold")
                .contains("incidents");
    }
}
