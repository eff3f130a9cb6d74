// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A backlog that is longer than anybody reads in a chat. */
class GroomingDigestTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Repository REPOSITORY = Repository.of("example/infra");
    private static final List<GroomingLabel> LABELS = List.of(
            new GroomingLabel("operations", List.of(), Pattern.compile("(?i)cluster"), List.of()),
            new GroomingLabel("prow", List.of(), null, List.of()));

    private static Digest digest(int without, int labelled) {
        List<OpenIssue> issues = Stream.concat(
                        IntStream.range(0, without).mapToObj(number -> issue(number, List.of())),
                        IntStream.range(without, without + labelled).mapToObj(number -> issue(number, List.of("prow"))))
                .toList();
        return new GroomingDigest(LABELS, "to-be-sorted", issues, NOW).page(ZoneOffset.UTC);
    }

    private static OpenIssue issue(int number, List<String> labels) {
        return new OpenIssue(
                REPOSITORY,
                number,
                "Something is to be done here, said in as many words as titles often have, again and again " + number,
                "https://github.com/example/infra/issues/" + number,
                labels,
                NOW.minus(Duration.ofDays(1_000 - number)));
    }

    @Test
    void theMarkdownHasAllOfThemEachWithASuggestionAndItsReason() {
        String page = digest(300, 200).markdown();

        assertThat(page.lines().filter(line -> line.contains("/issues/"))).hasSize(500);
        assertThat(page.lines()
                        .filter(line -> line.endsWith("; suggested: `to-be-sorted`: no rule for a label matches")))
                .hasSize(300);
        assertThat(page).doesNotContain("more\n");
    }

    @Test
    void aChatGetsTheOldestIssuesAndTheCommandForAll() {
        String page = digest(300, 200).slack();

        assertThat(page.lines().filter(line -> line.contains("/issues/"))).hasSize(13);
        assertThat(page)
                .startsWith("*Backlog on 2026-11-23*")
                .contains("500 open issues, 300 without a grooming label")
                .contains("for all of them run `ci-notify digest --for grooming`")
                .contains("*Without a label: 300*", "and 290 more", "*prow: 200*", "and 197 more")
                .hasSizeLessThan(12_000);
    }

    @Test
    void aShortDigestDoesNotMentionMoreIssues() {
        Digest page = digest(10, 3);

        assertThat(page.slack()).doesNotContain("more", "ci-notify digest");
        assertThat(page.slack().lines().filter(line -> line.contains("/issues/")))
                .hasSize(13);
    }
}
