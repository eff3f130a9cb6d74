/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
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
    private static final Route LANE = new Route("storage", "support", Cause.TEST, "named", "x", Confidence.MEDIUM);
    private static final Blame BLAME = new Blame("operations", BreadthRules.USUAL);

    private static final Duration FORGOTTEN = BreadthRules.USUAL.forgotten();

    private final List<SeenFailure> seen = new ArrayList<>();
    private int number;

    @Test
    void theSameFailureOnOtherPullRequestsIsNotTheFaultOfThisOne() {
        SeenFailure mine = failure("lane", 1, "node1", "same", Duration.ZERO);
        see("lane", 2, "node2", "same", Duration.ofMinutes(-30));
        see("other", 3, "node3", "same", Duration.ofMinutes(20));

        Diagnosis diagnosis = BLAME.weigh(unclear(), Breadth.around(mine, seen, BreadthRules.USUAL), LANE);

        assertThat(diagnosis.cause()).isEqualTo(Cause.INFRASTRUCTURE);
        assertThat(diagnosis.area()).isEqualTo("operations");
        assertThat(diagnosis.sig()).isEqualTo(Diagnosis.NO_SIG);
        assertThat(diagnosis.rule()).isEqualTo(Blame.RULE);
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.MEDIUM);
    }

    @Test
    void theSameFailureOnManyLanesOfOnePullRequestAndNowhereElseIsItsOwn() {
        SeenFailure mine = failure("a", 1, "node1", "same", Duration.ZERO);
        see("b", 1, "node2", "same", Duration.ofMinutes(-10));
        see("c", 1, "node3", "same", Duration.ofMinutes(10));
        see("d", 2, "node3", "another", Duration.ofMinutes(10));

        Diagnosis diagnosis = BLAME.weigh(unclear(), Breadth.around(mine, seen, BreadthRules.USUAL), LANE);

        assertThat(diagnosis.sig()).isEqualTo("storage");
        assertThat(diagnosis.area()).isEqualTo("support");
        assertThat(diagnosis.rule()).isEqualTo(Blame.RULE);
    }

    @Test
    void manyLanesOfManyPullRequestsWithoutEvidenceAreTheInfrastructure() {
        SeenFailure mine = failure("lane0", 1, null, "", Duration.ZERO);
        for (int i = 1; i < 5; i++) {
            see("lane" + i, 1, null, "", Duration.ofMinutes(i));
        }
        Diagnosis byJob = new Diagnosis(Cause.TEST, "storage", "support", Confidence.MEDIUM, "named", List.of());

        Diagnosis few = BLAME.weigh(byJob, Breadth.around(mine, seen, BreadthRules.USUAL), LANE);
        assertThat(few.confidence()).as("many lanes alone may be the change").isEqualTo(Confidence.LOW);
        assertThat(few.doubt())
                .isEqualTo(new Doubt(
                        "what its lanes share (area operations), as 5 lanes of this pull request are red",
                        "the change itself (SIG storage)"));
        assertThat(few.trace().getLast()).isEqualTo(few.doubt().sentence()).startsWith("unclear: either what");

        for (int i = 2; i < 8; i++) {
            see("lane", i, null, "", Duration.ofMinutes(-i));
        }
        assertThat(BLAME.weigh(byJob, Breadth.around(mine, seen, BreadthRules.USUAL), LANE)
                        .cause())
                .isEqualTo(Cause.INFRASTRUCTURE);
    }

    @Test
    void aRunThatShowsItsCauseIsBelieved() {
        Diagnosis sure = new Diagnosis(Cause.TEST, "network", "support", Confidence.HIGH, "failing-tests", List.of());

        Diagnosis diagnosis = BLAME.weigh(sure, new Breadth(12, 9, 9, 12), LANE);

        assertThat(diagnosis.cause()).isEqualTo(Cause.TEST);
        assertThat(diagnosis.sig()).isEqualTo("network");
        assertThat(diagnosis.trace()).singleElement().asString().startsWith("beside it: 12 red lanes");
    }

    @Test
    void whatIsFarAwayInTimeDoesNotCount() {
        SeenFailure mine = failure("lane", 1, null, "same", Duration.ZERO);
        see("b", 1, null, "same", Duration.ofMinutes(-61));
        see("b", 2, null, "same", Duration.ofMinutes(91));

        assertThat(Breadth.around(mine, seen, BreadthRules.USUAL)).isEqualTo(new Breadth(1, 0, 0, 1));
    }

    @Test
    void severalLanesOnOneNodeWhileOthersAreWellAreTheNode() {
        SeenFailure mine = failure("c", 3, "sick", "x", Duration.ZERO);
        see("a", 1, "sick", "y", Duration.ofHours(-5));
        assertThat(NodeTrouble.around(mine, seen)).isEmpty();

        see("b", 2, "sick", "z", Duration.ofHours(-1));
        see("d", 4, "well", "w", Duration.ofHours(-1));
        NodeTrouble trouble = NodeTrouble.around(mine, seen).orElseThrow();
        assertThat(trouble.node()).isEqualTo("sick");
        assertThat(trouble.runs()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(unclear().ofNode(trouble, "bare-metal"))
                .satisfies(diagnosis -> assertThat(diagnosis.area()).isEqualTo("bare-metal"))
                .satisfies(diagnosis -> assertThat(diagnosis.trace().getLast()).contains("node sick", "1, 2, 3"));

        see("e", 5, "well", "v", Duration.ofHours(-2));
        assertThat(NodeTrouble.around(mine, seen)).as("others are not well").isEmpty();
    }

    @Test
    void whatANodeOfAnotherClusterSuffersFromTooIsNotTheNode() {
        SeenFailure mine = failure("c", 3, "only", "cache", Duration.ZERO);
        see("a", 1, "only", "cache", Duration.ofHours(-1));
        see("b", 2, "only", "cache", Duration.ofHours(-1));
        assertThat(NodeTrouble.around(mine, seen)).isPresent();

        seen.add(new SeenFailure(
                "x", "org/repo", "d", 4, "other", "far", Cause.INFRASTRUCTURE, "cache", NOON.minusSeconds(60)));
        assertThat(NodeTrouble.around(mine, seen)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a,-7,INFRASTRUCTURE", "a,-1,TEST", "c,-1,INFRASTRUCTURE"})
    void oldRunsFailingTestsAndTheSameLaneDoNotMakeANodeSick(String job, int hours, Cause cause) {
        SeenFailure mine = failure("c", 3, "sick", "x", Duration.ZERO);
        see("b", 2, "sick", "z", Duration.ofHours(-1));
        seen.add(new SeenFailure(
                "x", "org/repo", job, 1, "cluster", "sick", cause, "", NOON.plus(Duration.ofHours(hours))));

        assertThat(NodeTrouble.around(mine, seen)).isEmpty();
    }

    @Test
    void aFailureIsNewUntilItIsSeenForADayAndNewAgainWhenItIsForgotten() {
        SeenFailure mine = failure("a", 1, null, "same", Duration.ZERO);
        assertThat(same(mine)).isEqualTo(new SameFailure(1, 1, 1, NOON, 21));
        assertThat(same(mine).sentence())
                .isEqualTo("the same failure nowhere else so far; new: not seen in the 21 days before");

        see("old", 9, null, "same", Duration.ofDays(-22));
        see("b", 1, null, "another", Duration.ofDays(-1));
        see("b", 2, null, "same", Duration.ofHours(-3));
        assertThat(same(mine).sentence())
                .as("an incident takes several runs, and is new all the same")
                .isEqualTo("the same failure on 2 lanes, 2 pull requests since 2026-07-15T09:00:00Z; "
                        + "new: not seen in the 21 days before");

        see("b", 2, null, "same", Duration.ofDays(-2));
        see("a", 3, null, "same", Duration.ofDays(-3));
        see("c", 4, null, "same", Duration.ofHours(1));
        assertThat(same(mine).sentence())
                .as("those 19 days before count again, as nobody has forgotten them in between")
                .isEqualTo("the same failure on 3 lanes, 4 pull requests since 2026-06-23T12:00:00Z");
    }

    @Test
    void whoHasJustBegunToWatchSaysSo() {
        SeenFailure mine = failure("a", 1, null, "same", Duration.ZERO);

        assertThat(SameFailure.of(mine, seen, FORGOTTEN, NOON.minus(Duration.ofDays(4)))
                        .news())
                .isEqualTo("new: not seen in the 4 days before");
        assertThat(SameFailure.of(mine, seen, FORGOTTEN, NOON).news())
                .isEqualTo("new: not seen before, but watched for less than a day");
    }

    @Test
    void whatWasComparedIsShownWithWhatTheArtifactsShow() {
        SameFailure same = new SameFailure(3, 2, 0, NOON, null);

        Diagnosis diagnosis = unclear().with(same);

        assertThat(diagnosis.symptoms().same()).isEqualTo(same);
        assertThat(diagnosis.trace()).containsExactly("the same failure on 2 lanes since 2026-07-15T12:00:00Z");
    }

    private SameFailure same(SeenFailure mine) {
        return SameFailure.of(mine, seen, FORGOTTEN, NOON.minus(Duration.ofDays(100)));
    }

    @Test
    void aKnownIssueEnds() {
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
        assertThat(issue.known().sentence()).contains("somebody", "https://example.org/1", "2026-07-15", "muted");
    }

    @Test
    void whatMutesDoesSoToTheEndOfItsLastDay() {
        Known known = new Known("cache", "somebody", "https://example.org/1", LocalDate.of(2026, 7, 15), true);

        assertThat(known.mutesAt(Instant.parse("2026-07-15T23:59:59Z"))).isTrue();
        assertThat(known.mutesAt(Instant.parse("2026-07-16T00:00:00Z"))).isFalse();
        assertThat(known.told().mutesAt(Instant.parse("2026-07-15T12:00:00Z"))).isFalse();
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

    private void see(String job, int pull, String node, String signature, Duration from) {
        seen.add(failure(job, pull, node, signature, from));
    }

    private SeenFailure failure(String job, int pull, String node, String signature, Duration from) {
        return new SeenFailure(
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
