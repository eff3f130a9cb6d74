// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command, over four weeks of a real history and some issues. */
class DigestCommandTest {

    private static final String HISTORY = "src/test/resources/history/four-weeks.jsonl";
    private static final String ISSUES = "src/test/resources/digest/issues.jsonl";

    private static Terminal.Result digest(String... arguments) {
        return Terminal.run(Stream.concat(Stream.of("digest", "--output", "text"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static String month(String subject, String form) {
        Terminal.Result result = digest(
                "--for", subject, "--history", HISTORY, "--days", "28", "--at", "2024-12-09T08:30:00Z", "--form", form);
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    @ParameterizedTest
    @CsvSource({
        "taskforce, markdown, taskforce.md",
        "taskforce, slack, taskforce.slack.txt",
        "compute, markdown, sig-compute.md"
    })
    void theDigestOfAMonthIsUnchanged(String subject, String form, String golden) throws IOException {
        Golden.check(golden, month(subject, form));
    }

    @Test
    void theDigestOfAMonthOfASigNamesTests() throws IOException {
        Terminal.Result result = digest(
                "--for",
                "compute",
                "--history",
                "src/test/resources/history/failed-tests.jsonl",
                "--days",
                "28",
                "--at",
                "2026-08-12T22:00:00Z");

        assertThat(result.err()).isEmpty();
        Golden.check("sig-compute.tests.md", result.out());
    }

    @Test
    void theDigestIsReproducible() {
        assertThat(month("taskforce", "markdown")).isEqualTo(month("taskforce", "markdown"));
    }

    @ParameterizedTest
    @CsvSource({"markdown, grooming.md", "slack, grooming.slack.txt"})
    void issuesWithoutALabelGetAProposalWithItsReason(String form, String golden) throws IOException {
        Terminal.Result result =
                digest("--for", "grooming", "--issues", ISSUES, "--at", "2026-11-23T10:00:00Z", "--form", form);

        assertThat(result.err()).isEmpty();
        Golden.check(golden, result.out());
    }

    @Test
    void theJsonHasBothFormatsAndThePeriod() throws IOException {
        Terminal.Result result = Terminal.run(
                "digest", "--output", "json", "--for", "network", "--history", HISTORY, "--at", "2024-12-09T08:30:00Z");

        JsonNode page = result.json().getFirst();
        assertThat(page.fieldNames())
                .toIterable()
                .containsExactly("for", "from", "until", "title", "markdown", "slack");
        assertThat(page.path("from").asText()).isEqualTo("2024-12-02T08:30:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--for netwrk      | 2 | unknown digest \"netwrk\": it is neither taskforce nor grooming nor a SIG;"
                        + " did you mean network?",
                "--for taskforce --days 0 | 2 | --days must be at least 1",
                "--for grooming    | 2 | no GitHub credentials for the open issues",
                "--for grooming --issues nowhere.jsonl | 1 | nowhere.jsonl: cannot be read; correct --issues",
            })
    void whatIsMissingIsReported(String arguments, int code, String complaint) {
        Terminal.Result result = digest(arguments.strip().split(" "));

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.err()).contains(complaint);
    }

    @Test
    void aLineThatIsNotJsonIsReported(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("issues.jsonl"), "[]\n{\n");

        Terminal.Result result = digest("--for", "grooming", "--issues", file.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("issues.jsonl:2: is not JSON");
    }
}
