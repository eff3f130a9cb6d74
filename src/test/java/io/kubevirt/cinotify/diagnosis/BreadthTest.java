// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.BreadthEvaluator.Breadth;
import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.RouteSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreadthTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");
    private static final Route LANE =
            new Route("storage", "support", Cause.TEST, RouteSource.RULES, "named", "x", Confidence.MEDIUM);
    private static final BreadthEvaluator EVALUATOR = new BreadthEvaluator("operations", BreadthConfig.DEFAULTS);

    private static final Duration FORGOTTEN = BreadthConfig.DEFAULTS.newAfter();

    private final List<FailureRecord> seen = new ArrayList<>();
    private int number;

    @Test
    void theSameFailureOnOtherPullRequestsIsNotTheFaultOfThisOne() {
        FailureRecord mine = failure("lane", 1, "node1", "same", Duration.ZERO);
        remember("lane", 2, "node2", "same", Duration.ofMinutes(-30));
        remember("other", 3, "node3", "same", Duration.ofMinutes(20));

        Diagnosis diagnosis = EVALUATOR.evaluate(unclear(), Breadth.around(mine, seen, BreadthConfig.DEFAULTS), LANE);

        assertThat(diagnosis.cause()).isEqualTo(Cause.INFRASTRUCTURE);
        assertThat(diagnosis.area()).isEqualTo("operations");
        assertThat(diagnosis.sig()).isEqualTo(Diagnosis.NO_SIG);
        assertThat(diagnosis.rule()).isEqualTo(BreadthEvaluator.RULE);
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.MEDIUM);
    }

    @Test
    void theSameFailureOnManyLanesOfOnePullRequestAndNowhereElseIsCausedByItsChange() {
        FailureRecord mine = failure("a", 1, "node1", "same", Duration.ZERO);
        remember("b", 1, "node2", "same", Duration.ofMinutes(-10));
        remember("c", 1, "node3", "same", Duration.ofMinutes(10));
        remember("d", 2, "node3", "another", Duration.ofMinutes(10));

        Diagnosis diagnosis = EVALUATOR.evaluate(unclear(), Breadth.around(mine, seen, BreadthConfig.DEFAULTS), LANE);

        assertThat(diagnosis.sig()).isEqualTo("storage");
        assertThat(diagnosis.area()).isEqualTo("support");
        assertThat(diagnosis.rule()).isEqualTo(BreadthEvaluator.RULE);
    }

    @Test
    void manyLanesOfManyPullRequestsWithoutEvidenceAreTheInfrastructure() {
        FailureRecord mine = failure("lane0", 1, null, "", Duration.ZERO);
        for (int i = 1; i < 5; i++) {
            remember("lane" + i, 1, null, "", Duration.ofMinutes(i));
        }
        Diagnosis byJob = new Diagnosis(Cause.TEST, "storage", "support", Confidence.MEDIUM, "named", List.of());

        Diagnosis few = EVALUATOR.evaluate(byJob, Breadth.around(mine, seen, BreadthConfig.DEFAULTS), LANE);
        assertThat(few.confidence()).as("many lanes alone may be the change").isEqualTo(Confidence.LOW);
        assertThat(few.ambiguity())
                .isEqualTo(new Ambiguity(
                        "a cause that its lanes share (area operations), as 5 lanes of this pull request are failing",
                        "the change itself (SIG storage)"));
        assertThat(few.trace().getLast()).isEqualTo(few.ambiguity().sentence()).startsWith("unclear: either a cause");

        for (int i = 2; i < 8; i++) {
            remember("lane", i, null, "", Duration.ofMinutes(-i));
        }
        assertThat(EVALUATOR
                        .evaluate(byJob, Breadth.around(mine, seen, BreadthConfig.DEFAULTS), LANE)
                        .cause())
                .isEqualTo(Cause.INFRASTRUCTURE);
    }

    @Test
    void aRunThatShowsItsCauseKeepsIt() {
        Diagnosis sure = new Diagnosis(Cause.TEST, "network", "support", Confidence.HIGH, "failing-tests", List.of());

        Diagnosis diagnosis = EVALUATOR.evaluate(sure, new Breadth(12, 9, 9, 12), LANE);

        assertThat(diagnosis.cause()).isEqualTo(Cause.TEST);
        assertThat(diagnosis.sig()).isEqualTo("network");
        assertThat(diagnosis.trace()).singleElement().asString().startsWith("breadth: 12 failed lanes");
    }

    @Test
    void distantFailuresDoNotCount() {
        FailureRecord mine = failure("lane", 1, null, "same", Duration.ZERO);
        remember("b", 1, null, "same", Duration.ofMinutes(-61));
        remember("b", 2, null, "same", Duration.ofMinutes(91));

        assertThat(Breadth.around(mine, seen, BreadthConfig.DEFAULTS)).isEqualTo(new Breadth(1, 0, 0, 1));
    }

    @Test
    void failuresOfTheSameTimeCountTogether() {
        FailureRecord mine = failure("lane", 1, null, "same", Duration.ZERO);
        seen.add(mine);
        remember("b", 1, null, "same", Duration.ofMinutes(-60));
        remember("c", 1, null, "same", Duration.ofMinutes(60));
        remember("d", 1, null, "same", Duration.ofMinutes(61));
        remember("b", 2, null, "same", Duration.ofMinutes(90));
        remember("b", 3, null, "other", Duration.ofMinutes(-90));
        seen.add(new FailureRecord("x", "org/other", "b", 1, "cluster", null, Cause.SETUP, "same", NOON));
        seen.add(new FailureRecord("y", null, "nightly", null, "cluster", null, Cause.SETUP, "same", NOON));

        assertThat(Breadth.around(mine, seen, BreadthConfig.DEFAULTS)).isEqualTo(new Breadth(3, 3, 2, 3));
    }

    @Test
    void aTestThatFailedKeepsItsCauseWhateverElseFails() {
        Diagnosis test = new Diagnosis(
                Cause.TEST,
                "network",
                "support",
                Confidence.MEDIUM,
                "failing-tests",
                List.of(),
                new Symptoms("test: a", List.of(), null, List.of("a"), 1, null));

        Diagnosis found = EVALUATOR.evaluate(test, new Breadth(12, 9, 0, 1), LANE);

        assertThat(found.cause()).isEqualTo(Cause.TEST);
        assertThat(found.confidence()).isEqualTo(Confidence.MEDIUM);
        assertThat(found.trace())
                .containsExactly("breadth: 12 failed lanes of its pull request within 1h, 9 other pull requests"
                        + " within 1h30m, 0 of them with the same failure");
    }

    @ParameterizedTest
    @CsvSource({"SETUP, SETUP", "TEST, BUILD", "INFRASTRUCTURE, BUILD"})
    void aChangeThatBreaksItsLanesBreaksTheBuildOrTheSetup(Cause shown, Cause cause) {
        Diagnosis found = new Diagnosis(
                shown,
                "network",
                "operations",
                Confidence.LOW,
                "x",
                List.of(),
                new Symptoms("same", List.of(), null, List.of(), 0, null));

        Diagnosis diagnosis = EVALUATOR.evaluate(found, new Breadth(3, 0, 0, 3), LANE);

        assertThat(diagnosis.cause()).isEqualTo(cause);
        assertThat(diagnosis.because())
                .isEqualTo("3 lanes of this pull request failed in the same way, and no other pull request did");
    }

    @Test
    void allFailingNodesAreFoundAtTheirLastFailure() {
        for (String node : List.of("well", "sick", "bad")) {
            remember("a", 1, node, "w" + node, Duration.ofHours(-20));
        }
        for (String node : List.of("sick", "bad")) {
            remember("a", 1, node, "x" + node, Duration.ofHours(-1));
            remember("b", 2, node, "y" + node, Duration.ofMinutes(-30));
            remember("c", 3, node, "z" + node, Duration.ZERO);
        }

        // Each of the two has three lanes, as many as the other: neither stands out.
        assertThat(NodeFailure.findAll(seen)).isEmpty();

        seen.removeIf(failure -> "bad".equals(failure.node()));
        for (String job : List.of("a", "b", "c")) {
            seen.add(new FailureRecord(
                    "far" + job, "org/repo", job, 1, null, "east", Cause.INFRASTRUCTURE, "far" + job, NOON));
        }

        assertThat(NodeFailure.findAll(seen))
                .extracting(NodeFailure::title)
                .containsExactly("node east", "node sick of cluster");
    }

    @Test
    void aNodeIsJudgedByTheSixHoursBeforeTheFailure() {
        FailureRecord mine = failure("c", 3, "sick", "x", Duration.ZERO);
        remember("a", 1, "sick", "y", Duration.ofMinutes(-359));
        remember("b", 2, "sick", "z", Duration.ofMinutes(-360));
        remember("d", 4, "sick", "w", Duration.ofMinutes(1));
        assertThat(NodeFailure.find(mine, seen)).isEmpty();

        remember("b", 2, "sick", "z", Duration.ofMinutes(-359));
        // The same failure on another node, but not within six hours.
        remember("e", 5, "well", "x", Duration.ofHours(-6));
        assertThat(NodeFailure.find(mine, seen).orElseThrow().jobs()).containsExactly("a", "b", "c");

        remember("e", 5, "well", "x", Duration.ofMinutes(-359));
        assertThat(NodeFailure.find(mine, seen)).isEmpty();
    }

    @Test
    void severalFailedLanesOnOneNodeBlameTheNode() {
        FailureRecord mine = failure("c", 3, "sick", "x", Duration.ZERO);
        remember("a", 1, "sick", "y", Duration.ofHours(-5));
        assertThat(NodeFailure.find(mine, seen)).isEmpty();

        remember("b", 2, "sick", "z", Duration.ofHours(-1));
        remember("d", 4, "well", "w", Duration.ofHours(-1));
        NodeFailure trouble = NodeFailure.find(mine, seen).orElseThrow();
        assertThat(trouble.node()).isEqualTo("sick");
        assertThat(trouble.runs()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(unclear().causedByNode(trouble, "bare-metal"))
                .satisfies(diagnosis -> assertThat(diagnosis.area()).isEqualTo("bare-metal"))
                .satisfies(
                        diagnosis -> assertThat(diagnosis.trace().getLast()).contains("3 lanes failed on node sick"));

        remember("e", 5, "well", "v", Duration.ofHours(-2));
        assertThat(NodeFailure.find(mine, seen)).as("other nodes fail as well").isEmpty();
    }

    @Test
    void aFailureAlsoSeenInAnotherClusterDoesNotBlameTheNode() {
        FailureRecord mine = failure("c", 3, "only", "cache", Duration.ZERO);
        remember("a", 1, "only", "cache", Duration.ofHours(-1));
        remember("b", 2, "only", "cache", Duration.ofHours(-1));
        assertThat(NodeFailure.find(mine, seen)).isPresent();

        seen.add(new FailureRecord(
                "x", "org/repo", "d", 4, "other", "far", Cause.INFRASTRUCTURE, "cache", NOON.minusSeconds(60)));
        assertThat(NodeFailure.find(mine, seen)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a,-7,INFRASTRUCTURE", "a,-1,TEST", "c,-1,INFRASTRUCTURE"})
    void oldRunsFailingTestsAndOneLaneDoNotBlameTheNode(String job, int hours, Cause cause) {
        FailureRecord mine = failure("c", 3, "sick", "x", Duration.ZERO);
        remember("b", 2, "sick", "z", Duration.ofHours(-1));
        seen.add(new FailureRecord(
                "x", "org/repo", job, 1, "cluster", "sick", cause, "", NOON.plus(Duration.ofHours(hours))));

        assertThat(NodeFailure.find(mine, seen)).isEmpty();
    }

    @Test
    void aFailureIsNewForADayAndAgainAfterALongGap() {
        FailureRecord mine = failure("a", 1, null, "same", Duration.ZERO);
        assertThat(same(mine)).isEqualTo(new FailureOccurrences(1, 1, 1, NOON, 21));
        assertThat(same(mine).sentence())
                .isEqualTo("the same failure nowhere else so far; new: not seen in the 21 days before");

        remember("old", 9, null, "same", Duration.ofDays(-22));
        remember("b", 1, null, "another", Duration.ofDays(-1));
        remember("b", 2, null, "same", Duration.ofHours(-3));
        assertThat(same(mine).sentence())
                .as("a failure stays new while its first runs arrive")
                .isEqualTo("the same failure on 2 lanes, 2 pull requests since 2026-07-15T09:00:00Z; "
                        + "new: not seen in the 21 days before");

        remember("b", 2, null, "same", Duration.ofDays(-2));
        remember("a", 3, null, "same", Duration.ofDays(-3));
        remember("c", 4, null, "same", Duration.ofHours(1));
        assertThat(same(mine).sentence())
                .as("occurrences 19 days before count, because the gap is short enough")
                .isEqualTo("the same failure on 3 lanes, 4 pull requests since 2026-06-23T12:00:00Z");
    }

    @Test
    void noveltyMentionsThatWatchingHasJustBegun() {
        FailureRecord mine = failure("a", 1, null, "same", Duration.ZERO);

        assertThat(FailureOccurrences.of(mine, seen, FORGOTTEN, NOON.minus(Duration.ofDays(4)))
                        .novelty())
                .isEqualTo("new: not seen in the 4 days before");
        assertThat(FailureOccurrences.of(mine, seen, FORGOTTEN, NOON).novelty())
                .isEqualTo("new: not seen before, but watched for less than a day");
    }

    @Test
    void occurrencesAreShownWithTheSymptoms() {
        FailureOccurrences same = new FailureOccurrences(3, 2, 0, NOON, null);

        Diagnosis diagnosis = unclear().with(same);

        assertThat(diagnosis.symptoms().occurrences()).isEqualTo(same);
        assertThat(diagnosis.trace()).containsExactly("the same failure on 2 lanes since 2026-07-15T12:00:00Z");
    }

    private FailureOccurrences same(FailureRecord mine) {
        return FailureOccurrences.of(mine, seen, FORGOTTEN, NOON.minus(Duration.ofDays(100)));
    }

    @Test
    void aKnownIssueExpires() {
        KnownIssue issue = new KnownIssue(
                "cache",
                Pattern.compile("Missing digest"),
                "somebody",
                "https://example.org/1",
                LocalDate.of(2026, 7, 15),
                true,
                "https://prow.example.org/x",
                null);

        assertThat(issue.isInForce(Instant.parse("2026-07-15T23:59:59Z"))).isTrue();
        assertThat(issue.isInForce(Instant.parse("2026-07-16T00:00:00Z"))).isFalse();
        assertThat(issue.matches(new Symptoms("s", List.of("x: Missing digest: 1"), null, List.of(), 0, null)))
                .isTrue();
        assertThat(issue.matches(new Symptoms("s", List.of(), null, List.of("[sig-x] test"), 1, null)))
                .isFalse();
        assertThat(issue.toMatch().sentence()).contains("somebody", "https://example.org/1", "2026-07-15", "muted");
    }

    @Test
    void aKnownIssueMutesUntilTheEndOfItsLastDay() {
        KnownIssueMatch known =
                new KnownIssueMatch("cache", "somebody", "https://example.org/1", LocalDate.of(2026, 7, 15), true);

        assertThat(known.mutesAt(Instant.parse("2026-07-15T23:59:59Z"))).isTrue();
        assertThat(known.mutesAt(Instant.parse("2026-07-16T00:00:00Z"))).isFalse();
        assertThat(known.unmuted().mutesAt(Instant.parse("2026-07-15T12:00:00Z")))
                .isFalse();
    }

    private static Diagnosis unclear() {
        return new Diagnosis(
                Cause.SETUP,
                Diagnosis.NO_SIG,
                "operations",
                Confidence.LOW,
                "died-before-tests",
                List.of(),
                new Symptoms("same", List.of(), null, List.of(), 0, null));
    }

    private void remember(String job, int pull, String node, String signature, Duration from) {
        seen.add(failure(job, pull, node, signature, from));
    }

    private FailureRecord failure(String job, int pull, String node, String signature, Duration from) {
        return new FailureRecord(
                String.valueOf(++number),
                "org/repo",
                job,
                pull,
                "cluster",
                node,
                Cause.SETUP,
                signature,
                NOON.plus(from));
    }
}
