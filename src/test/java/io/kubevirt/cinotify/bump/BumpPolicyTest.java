// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.bump.TrackedBump.Check.State;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a bump is reported, and when its problem is resolved. */
class BumpPolicyTest {

    private static final Instant FRIDAY = Instant.parse("2026-07-17T06:10:00Z");
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final String DEPLOYMENT = "post-project-infra-kubevirt-prow-control-plane-deployment";

    private static BumpClasses preset;

    @BeforeAll
    static void preset() throws InvalidConfigException {
        preset = new ConfigLoader(Path.of("config"), null).load().bumpClasses();
    }

    @Test
    void aBumpThatNeedsAHumanIsReportedWhenItIsGreen() {
        TrackedBump pull = prowBump(null).withCheck("unit", State.PENDING, FRIDAY, null);
        assertThat(findProblems(FRIDAY.plusSeconds(600), pull)).isEmpty();

        TrackedBump green = pull.withCheck("unit", State.SUCCESS, FRIDAY.plusSeconds(900), null);

        assertThat(findProblems(FRIDAY.plusSeconds(900), green)).singleElement().satisfies(problem -> {
            assertThat(problem.diagnosis().area()).isEqualTo("prow");
            assertThat(problem.title()).isEqualTo("prow-bump kubevirt/project-infra#4711");
            assertThat(problem.why()).contains("waits for approval");
            assertThat(problem.blocking()).isFalse();
        });
    }

    @Test
    void aBumpThatMergesByItselfIsReportedOnlyWhenItTakesLongerThanUsual() {
        TrackedBump green = pull("kubevirtci-bump", "kubevirt/kubevirt", "Bump kubevirtci", "bump-kubevirtci", null)
                .withCheck("e2e", State.SUCCESS, FRIDAY, null);

        assertThat(findProblems(FRIDAY.plus(Duration.ofHours(25)), green)).isEmpty();
        assertThat(findProblems(FRIDAY.plus(Duration.ofHours(26)), green))
                .singleElement()
                .satisfies(problem -> assertThat(problem.why()).contains("its commit was pushed at ", "within 25 h"));
    }

    @Test
    void aRedBumpIsReportedWhenNobodyRetriesIt() {
        Instant failed = FRIDAY.plusSeconds(1800);
        TrackedBump red = prowBump(null)
                .withCheck("unit", State.SUCCESS, failed, null)
                .withCheck("deploy-test", State.FAILURE, failed, "https://prow.example.org/view/1");
        assertThat(findProblems(failed.plus(PATIENCE).minusSeconds(1), red)).isEmpty();

        TrackedBump retested = red.withCheck("deploy-test", State.PENDING, failed.plusSeconds(3600), null);
        assertThat(findProblems(failed.plus(PATIENCE), retested)).isEmpty();

        TrackedBump redAgain = retested.withCheck("deploy-test", State.FAILURE, failed.plusSeconds(5400), null);
        assertThat(findProblems(failed.plusSeconds(5400).plus(PATIENCE), redAgain))
                .singleElement()
                .satisfies(problem -> assertThat(problem.why()).contains("deploy-test (2 times)"));
    }

    @Test
    void aRepeatedOrLateEventChangesNothing() {
        Instant failed = FRIDAY.plusSeconds(1800);
        TrackedBump red = prowBump(null).withCheck("unit", State.FAILURE, failed, null);

        assertThat(red.withCheck("unit", State.FAILURE, failed, null)).isEqualTo(red);
        assertThat(red.withCheck("unit", State.PENDING, failed.minusSeconds(60), null))
                .isEqualTo(red);
    }

    @Test
    void aConflictIsReportedWhenTheBotDoesNotResolveIt() throws JsonProcessingException {
        TrackedBump conflicting =
                details("bump-kubevirtci", "\"mergeable\": false").toTrackedBump("kubevirtci-bump", null);

        assertThat(findProblems(FRIDAY.plusSeconds(60), conflicting)).isEmpty();
        assertThat(findProblems(FRIDAY.plus(PATIENCE), conflicting))
                .singleElement()
                .satisfies(problem -> assertThat(problem.why()).contains("has merge conflicts"));
        TrackedBump resolved =
                details("bump-kubevirtci", "\"mergeable\": true").toTrackedBump("kubevirtci-bump", conflicting);
        assertThat(findProblems(FRIDAY.plus(PATIENCE), resolved)).isEmpty();
    }

    @Test
    void aNewCommitResetsTheChecks() throws JsonProcessingException {
        TrackedBump red = details("bump-kubevirtci", "\"mergeable\": null")
                .toTrackedBump("kubevirtci-bump", null)
                .withCheck("e2e", State.FAILURE, FRIDAY, null);

        TrackedBump pushed = PullRequestDetails.parse(new ObjectMapper()
                        .readTree(json("bump-kubevirtci", "\"mergeable\": null").replace("cafe", "beef")))
                .orElseThrow()
                .toTrackedBump("kubevirtci-bump", red);

        assertThat(pushed.phase()).isEqualTo(TrackedBump.Phase.TESTING);
        assertThat(pushed.checks()).isEmpty();
    }

    @Test
    void aMergedBumpIsNotReportedUnlessItsDeploymentFails() {
        Instant merged = FRIDAY.plusSeconds(7200);
        TrackedBump pull = prowBump(merged);

        assertThat(findProblems(merged.plusSeconds(60), pull)).isEmpty();
        assertThat(findProblems(
                        merged.plusSeconds(600),
                        pull.withDeployment(new TrackedBump.Check(State.SUCCESS, merged.plusSeconds(500), 0, null))))
                .isEmpty();
        assertThat(findProblems(
                        merged.plusSeconds(600),
                        pull.withDeployment(new TrackedBump.Check(State.FAILURE, merged.plusSeconds(500), 1, null))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.diagnosis().area()).isEqualTo("operations");
                    assertThat(problem.blocking()).isTrue();
                    assertThat(problem.why()).contains(DEPLOYMENT + " failed");
                });
        assertThat(findProblems(merged.plus(PATIENCE), pull))
                .singleElement()
                .satisfies(problem -> assertThat(problem.why()).contains("has not run since the merge"));
    }

    @Test
    void aDeploymentThatHangsOrWasAbortedIsReportedAfterPatience() {
        Instant merged = FRIDAY.plusSeconds(7200);
        Instant begun = merged.plusSeconds(300);
        TrackedBump pull =
                prowBump(merged).withDeployment(new TrackedBump.Check(State.PENDING, begun, 0, "https://x.example/1"));

        assertThat(findProblems(begun.plus(PATIENCE).minusSeconds(1), pull)).isEmpty();
        assertThat(findProblems(begun.plus(PATIENCE), pull)).singleElement().satisfies(problem -> {
            assertThat(problem.blocking()).isTrue();
            assertThat(problem.why())
                    .contains(DEPLOYMENT, "neither passed nor failed since " + begun, "https://x.example/1");
        });
    }

    @Test
    void aConflictEndsWithTheCommitThatHadIt() throws JsonProcessingException {
        TrackedBump conflicting =
                details("bump-kubevirtci", "\"mergeable\": false").toTrackedBump("kubevirtci-bump", null);

        TrackedBump edited =
                details("bump-kubevirtci", "\"mergeable\": null").toTrackedBump("kubevirtci-bump", conflicting);
        assertThat(edited.phase()).as("GitHub recomputes it without a change").isEqualTo(TrackedBump.Phase.CONFLICTS);

        TrackedBump pushed = PullRequestDetails.parse(new ObjectMapper()
                        .readTree(json("bump-kubevirtci", "\"mergeable\": null").replace("cafe", "beef")))
                .orElseThrow()
                .toTrackedBump("kubevirtci-bump", conflicting);
        assertThat(pushed.phase()).isEqualTo(TrackedBump.Phase.TESTING);
    }

    @Test
    void aBumpThatNeverComesIsReported() {
        Instant lastSeen = FRIDAY;
        Duration limit = Duration.ofHours(252);

        assertThat(silence(lastSeen, lastSeen.plus(limit))).isEmpty();
        assertThat(silence(lastSeen, lastSeen.plus(limit).plusSeconds(1)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.title()).isEqualTo("prow-bump: no bump was opened");
                    assertThat(problem.why()).contains("periodic-project-infra-prow-bump", "every 7 days");
                });
    }

    @Test
    void aProblemIsAboutTheRepositoryOfItsPullRequestOrThoseOfItsClass() {
        BumpPolicy policy = new BumpPolicy(rules());

        assertThat(policy.repositoriesOf("deployment of prow-bump kubevirt/project-infra#4711"))
                .contains(Set.of(Repository.of("kubevirt/project-infra")));
        assertThat(policy.repositoriesOf("prow-bump: no bump was opened"))
                .hasValueSatisfying(
                        repositories -> assertThat(repositories).contains(Repository.of("kubevirt/project-infra")));
        assertThat(policy.repositoriesOf("a-class-of-old-settings: no bump was opened"))
                .isEmpty();
        assertThat(policy.repositoriesOf("something else")).isEmpty();
    }

    private List<ReportedProblem> silence(Instant lastSeen, Instant now) {
        return new BumpPolicy(rules())
                .findProblems(List.of(), Map.of("prow-bump", lastSeen, "kubevirtci-centos-bump", now), FRIDAY, now);
    }

    private static List<ReportedProblem> findProblems(Instant now, TrackedBump... pulls) {
        return new BumpPolicy(rules())
                .findProblems(List.of(pulls), Map.of("prow-bump", now, "kubevirtci-centos-bump", now), FRIDAY, now);
    }

    private static BumpConfig rules() {
        return new BumpConfig("prow", preset.all(), "operations", PATIENCE, Duration.ofHours(24), List.of());
    }

    private static TrackedBump prowBump(@Nullable Instant merged) {
        return pull("prow-bump", "kubevirt/project-infra", "Bump Prow", "prow-autobump", merged);
    }

    private static TrackedBump pull(
            String of, String repository, String title, String branch, @Nullable Instant merged) {
        try {
            String end = merged == null ? "\"mergeable\": true" : "\"merged_at\": \"" + merged + "\"";
            return PullRequestDetails.parse(new ObjectMapper()
                            .readTree(json(branch, end)
                                    .replace("kubevirt/kubevirt", repository)
                                    .replace("Bump kubevirtci", title)))
                    .orElseThrow()
                    .toTrackedBump(of, null);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static PullRequestDetails details(String branch, String more) throws JsonProcessingException {
        return Objects.requireNonNull(PullRequestDetails.parse(new ObjectMapper().readTree(json(branch, more)))
                .orElseThrow());
    }

    private static String json(String branch, String more) {
        return """
            {"number": 4711, "title": "Bump kubevirtci", "html_url": "https://github.example.org/kubevirt/kubevirt/pull/4711",
             "user": {"login": "kubevirt-bot"}, "created_at": "%s", "updated_at": "%s", "closed_at": null,
             "merge_commit_sha": "f00d", %s,
             "head": {"ref": "%s", "sha": "cafe", "user": {"login": "kubevirt-bot"}},
             "base": {"ref": "main", "repo": {"full_name": "kubevirt/kubevirt"}}}
            """.formatted(FRIDAY, FRIDAY, more, branch);
    }
}
