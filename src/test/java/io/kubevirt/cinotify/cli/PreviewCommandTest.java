// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.FakeDeck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see of their Prow before they install anything. */
class PreviewCommandTest {

    private static final String AT = "2026-07-15T12:00:00Z";

    private final FakeDeck deck = new FakeDeck();

    @AfterEach
    void close() {
        deck.close();
    }

    private Terminal.Result preview(String... more) {
        return Terminal.run(
                Stream.concat(Stream.of("preview", "--deck", deck.address().toString(), "--at", AT), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static String run(String name, String job, int pull, String state, String completed) {
        return """
            {"metadata":{"name":"%s"},
             "spec":{"type":"presubmit","job":"%s","refs":{"org":"harbour","repo":"crane","base_ref":"main",
                "pulls":[{"number":%d,"author":"x","sha":"%040x"}]}},
             "status":{"state":"%s","startTime":"2026-07-15T05:00:00Z","completionTime":"%s","build_id":"%s",
                "url":"https://prow.harbour.example/view/gs/harbour-logs/pr-logs/pull/harbour_crane/%d/%s/%s"}}""".formatted(name, job, pull, pull, state, completed, digits(name), pull, job, digits(name));
    }

    private static String digits(String name) {
        return Integer.toUnsignedString(name.hashCode());
    }

    /** A lane fails on five pull requests, another one once; one run is old, one has not ended. */
    private static List<String> morning() {
        List<String> runs = new ArrayList<>();
        IntStream.rangeClosed(1, 5)
                .mapToObj(pull -> run(
                        "e2e-" + pull, "pull-crane-e2e-sig-tides", pull, "failure", "2026-07-15T0" + pull + ":00:00Z"))
                .forEach(runs::add);
        runs.add(run("unit", "pull-crane-unit", 9, "failure", "2026-07-15T06:30:00Z"));
        runs.add(run("good", "pull-crane-unit", 10, "success", "2026-07-15T06:40:00Z"));
        runs.add(run("old", "pull-crane-unit", 7, "failure", "2026-07-01T06:30:00Z"));
        runs.add(FakeDeck.item("running", "pending"));
        return runs;
    }

    private static String document(List<String> runs) {
        return FakeDeck.document(runs.toArray(String[]::new));
    }

    @Test
    void thePreviewShowsWhoWouldHaveBeenNotifiedAndWhyAndWhoNot() {
        deck.serves(document(morning()));
        Terminal.Result result = preview("--config", "config/examples", "--job-config-path", "config/examples/jobs");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(
                        "settings: config/examples",
                        ": 7 runs ended from 2026-07-15T01:00:00Z until " + AT
                                + ", of which 6 failed; 1 have not ended",
                        "2 notifications would have been sent, and 0 edits of a message",
                        "2026-07-15T02:10:00Z  opened  to tui-harbour  (SIG tides, area support)",
                        "    harbour/crane pull-crane-e2e-sig-tides is broken",
                        "    - tui-harbour is Backup for support and at work; it is Wednesday 14:10 there",
                        "handoff  to noa-harbour",
                        "There are too few failures of the lane so far.",
                        "harbour/crane pull-crane-unit");
    }

    @Test
    void withoutSettingsThoseThatInitWouldWriteAreUsed() {
        deck.serves(document(morning()));
        Terminal.Result result = preview(
                "--sigs",
                "config/examples/sigs.yaml",
                "--job-config-path",
                "config/examples/jobs",
                "--member",
                "imke-harbour");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("settings: as init would write them", "to imke-harbour", "SIG tides")
                .doesNotContain("somebody");
        assertThat(preview().out()).contains("somebody stands for the first member of your group");
    }

    @Test
    void theJsonHasEachFieldOfItsContract() throws IOException {
        deck.serves(document(morning()));
        JsonNode preview = preview("--output", "json").json().getFirst();

        assertThat(preview.fieldNames())
                .toIterable()
                .containsExactly(
                        "deck",
                        "problem",
                        "from",
                        "until",
                        "runs",
                        "failed",
                        "unfinished",
                        "messages",
                        "edits",
                        "unannounced");
        assertThat(preview.path("messages").path(0).fieldNames())
                .toIterable()
                .containsExactly("at", "kind", "to", "sig", "area", "title", "text", "reasons");
        assertThat(preview.path("unannounced").path(0).fieldNames())
                .toIterable()
                .containsExactly("lane", "runs", "reason");
    }

    @Test
    void anIncompleteResponseIsPreviewedAsFarAsItGoes() {
        deck.breaksOffAfter("{\"items\":[" + String.join(",", morning()) + ",{\"metadata\":");
        Terminal.Result result = preview("--config", "config/examples");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("deck 127.0.0.1 returned no ProwJobs: connection lost")
                .endsWith("; the preview has only the runs before that, try again");
        assertThat(result.out()).contains("7 runs ended", "1 notification would have been sent");
    }

    @Test
    void aSlowDeckIsPreviewedAsFarAsItGoes() {
        deck.stallsAfter("{\"items\":[" + String.join(",", morning()) + ",{\"metadata\":");
        int timeout = 1;
        Terminal.Result result = preview("--config", "config/examples", "--timeout", "1");
        // On a busy machine the beginning may arrive later.
        while (timeout < 30 && !result.out().contains("7 runs ended")) {
            timeout *= 2;
            result = preview("--config", "config/examples", "--timeout", String.valueOf(timeout));
        }

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("incomplete after " + timeout + " s");
        assertThat(result.out()).contains("7 runs ended");
    }

    @Test
    void aWebPageIsNoDeck() {
        deck.serves("<html><head><title>Sign in</title></head></html>");
        Terminal.Result result = preview();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problems())
                .containsExactly(
                        "deck 127.0.0.1 returned no ProwJobs: a web page instead of prowjobs.js; check that the"
                                + " URL is the one of deck and needs no login");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aDeckWithoutRunsIsNoProblem() {
        deck.serves("{\"items\":null}");
        Terminal.Result result = preview();

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("0 runs ended", "0 notifications would have been sent");
    }

    @Test
    void aDeckWithTwentyThousandRunsIsPreviewed() throws IOException {
        List<String> runs = IntStream.range(0, 20_000)
                .mapToObj(i -> run(
                        "run-" + i,
                        "pull-crane-unit-" + i % 211,
                        1 + i % 997,
                        i % 50 == 0 ? "failure" : "success",
                        "2026-07-%02dT%02d:%02d:00Z".formatted(i < 18_000 ? 11 : 14, i / 60 % 24, i % 60)))
                .toList();
        deck.serves(document(runs));
        JsonNode preview = preview("--config", "config/examples", "--days", "2", "--output", "json")
                .json()
                .getFirst();

        assertThat(preview.path("runs").asInt()).isEqualTo(2_000);
        assertThat(preview.path("failed").asInt()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prow.example.org | --deck: \"prow.example.org\" is not the URL of a deck, such as https://prow.example.org",
                "https://prow.example.org --days 0 | --days: must be 1 or more",
                "https://prow.example.org --timeout 0 | --timeout: must be 1 or more"
            })
    void badOptionsAreUsageErrors(String typed, String sentence) {
        Terminal.Result result = Terminal.run(("preview --deck " + typed).split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.problems()).first().isEqualTo(sentence);
    }
}
