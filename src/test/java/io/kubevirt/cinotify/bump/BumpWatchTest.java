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
package io.kubevirt.cinotify.bump;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.bump.BumpPull.Check.State;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.incident.policy.Problem;
import io.kubevirt.cinotify.settings.SettingsLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life of a bump: who must know of it, and when that is over. */
class BumpWatchTest {

    private static final Instant FRIDAY = Instant.parse("2026-07-17T06:10:00Z");
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final String DEPLOYMENT = "post-project-infra-kubevirt-prow-control-plane-deployment";

    private static BumpClasses preset;

    @BeforeAll
    static void preset() throws InvalidDocument {
        preset = new SettingsLoader(Path.of("config"), null).load().bumpClasses();
    }

    @Test
    void aBumpThatNeedsAHumanIsToldWhenItIsGreen() {
        BumpPull pull = prowBump(null).checked("unit", State.PENDING, FRIDAY, null);
        assertThat(look(FRIDAY.plusSeconds(600), pull)).isEmpty();

        BumpPull green = pull.checked("unit", State.SUCCESS, FRIDAY.plusSeconds(900), null);

        assertThat(look(FRIDAY.plusSeconds(900), green)).singleElement().satisfies(problem -> {
            assertThat(problem.diagnosis().area()).isEqualTo("prow");
            assertThat(problem.title()).isEqualTo("prow-bump kubevirt/project-infra#4711");
            assertThat(problem.why()).contains("waits for somebody to approve it");
            assertThat(problem.blocking()).isFalse();
        });
    }

    @Test
    void oneThatMergesByItselfIsToldOnlyWhenItTakesLongerThanUsual() {
        BumpPull green = pull("kubevirtci-bump", "kubevirt/kubevirt", "Bump kubevirtci", "bump-kubevirtci", null)
                .checked("e2e", State.SUCCESS, FRIDAY, null);

        assertThat(look(FRIDAY.plus(Duration.ofHours(25)), green)).isEmpty();
        assertThat(look(FRIDAY.plus(Duration.ofHours(26)), green))
                .singleElement()
                .satisfies(problem -> assertThat(problem.why()).contains("its commit is of ", "within 25 h"));
    }

    @Test
    void aRedOneIsToldWhenNobodyTriesAgain() {
        Instant failed = FRIDAY.plusSeconds(1800);
        BumpPull red = prowBump(null)
                .checked("unit", State.SUCCESS, failed, null)
                .checked("deploy-test", State.FAILURE, failed, "https://prow.example.org/view/1");
        assertThat(look(failed.plus(PATIENCE).minusSeconds(1), red)).isEmpty();

        BumpPull retested = red.checked("deploy-test", State.PENDING, failed.plusSeconds(3600), null);
        assertThat(look(failed.plus(PATIENCE), retested)).isEmpty();

        BumpPull redAgain = retested.checked("deploy-test", State.FAILURE, failed.plusSeconds(5400), null);
        assertThat(look(failed.plusSeconds(5400).plus(PATIENCE), redAgain))
                .singleElement()
                .satisfies(problem -> assertThat(problem.why()).contains("deploy-test (2 times)"));
    }

    @Test
    void theSameNewsTwiceOrLateChangesNothing() {
        Instant failed = FRIDAY.plusSeconds(1800);
        BumpPull red = prowBump(null).checked("unit", State.FAILURE, failed, null);

        assertThat(red.checked("unit", State.FAILURE, failed, null)).isEqualTo(red);
        assertThat(red.checked("unit", State.PENDING, failed.minusSeconds(60), null))
                .isEqualTo(red);
    }

    @Test
    void aConflictIsToldWhenTheBotDoesNotResolveIt() throws JsonProcessingException {
        BumpPull conflicting = news("bump-kubevirtci", "\"mergeable\": false").bump("kubevirtci-bump", null);

        assertThat(look(FRIDAY.plusSeconds(60), conflicting)).isEmpty();
        assertThat(look(FRIDAY.plus(PATIENCE), conflicting))
                .singleElement()
                .satisfies(problem -> assertThat(problem.why()).contains("conflicts with its base"));
        BumpPull resolved = news("bump-kubevirtci", "\"mergeable\": true").bump("kubevirtci-bump", conflicting);
        assertThat(look(FRIDAY.plus(PATIENCE), resolved)).isEmpty();
    }

    @Test
    void aNewCommitBeginsAnew() throws JsonProcessingException {
        BumpPull red = news("bump-kubevirtci", "\"mergeable\": null")
                .bump("kubevirtci-bump", null)
                .checked("e2e", State.FAILURE, FRIDAY, null);

        BumpPull pushed = PullRequestNews.read(new ObjectMapper()
                        .readTree(json("bump-kubevirtci", "\"mergeable\": null").replace("cafe", "beef")))
                .orElseThrow()
                .bump("kubevirtci-bump", red);

        assertThat(pushed.phase()).isEqualTo(BumpPull.Phase.TESTING);
        assertThat(pushed.checks()).isEmpty();
    }

    @Test
    void mergedMeansSilenceUnlessItDoesNotComeIntoService() {
        Instant merged = FRIDAY.plusSeconds(7200);
        BumpPull pull = prowBump(merged);

        assertThat(look(merged.plusSeconds(60), pull)).isEmpty();
        assertThat(look(
                        merged.plusSeconds(600),
                        pull.deployed(new BumpPull.Check(State.SUCCESS, merged.plusSeconds(500), 0, null))))
                .isEmpty();
        assertThat(look(
                        merged.plusSeconds(600),
                        pull.deployed(new BumpPull.Check(State.FAILURE, merged.plusSeconds(500), 1, null))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.diagnosis().area()).isEqualTo("operations");
                    assertThat(problem.blocking()).isTrue();
                    assertThat(problem.why()).contains(DEPLOYMENT + " failed");
                });
        assertThat(look(merged.plus(PATIENCE), pull)).singleElement().satisfies(problem -> assertThat(problem.why())
                .contains("has not run since the merge"));
    }

    @Test
    void aDeploymentThatHangsOrWasAbortedIsToldAfterPatience() {
        Instant merged = FRIDAY.plusSeconds(7200);
        Instant begun = merged.plusSeconds(300);
        BumpPull pull = prowBump(merged).deployed(new BumpPull.Check(State.PENDING, begun, 0, "https://x.example/1"));

        assertThat(look(begun.plus(PATIENCE).minusSeconds(1), pull)).isEmpty();
        assertThat(look(begun.plus(PATIENCE), pull)).singleElement().satisfies(problem -> {
            assertThat(problem.blocking()).isTrue();
            assertThat(problem.why())
                    .contains(DEPLOYMENT, "neither passed nor failed since " + begun, "https://x.example/1");
        });
    }

    @Test
    void aConflictEndsWithTheCommitThatHadIt() throws JsonProcessingException {
        BumpPull conflicting = news("bump-kubevirtci", "\"mergeable\": false").bump("kubevirtci-bump", null);

        BumpPull edited = news("bump-kubevirtci", "\"mergeable\": null").bump("kubevirtci-bump", conflicting);
        assertThat(edited.phase())
                .as("GitHub finds out anew, and nothing has changed")
                .isEqualTo(BumpPull.Phase.CONFLICTS);

        BumpPull pushed = PullRequestNews.read(new ObjectMapper()
                        .readTree(json("bump-kubevirtci", "\"mergeable\": null").replace("cafe", "beef")))
                .orElseThrow()
                .bump("kubevirtci-bump", conflicting);
        assertThat(pushed.phase()).isEqualTo(BumpPull.Phase.TESTING);
    }

    @Test
    void aBumpThatNeverComesIsTold() {
        Instant lastSeen = FRIDAY;
        Duration limit = Duration.ofHours(252);

        assertThat(silence(lastSeen, lastSeen.plus(limit))).isEmpty();
        assertThat(silence(lastSeen, lastSeen.plus(limit).plusSeconds(1)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.title()).isEqualTo("prow-bump: the bump job is silent");
                    assertThat(problem.why()).contains("periodic-project-infra-prow-bump", "every 7 days");
                });
    }

    private List<Problem> silence(Instant lastSeen, Instant now) {
        return new BumpWatch(rules())
                .look(List.of(), Map.of("prow-bump", lastSeen, "kubevirtci-centos-bump", now), FRIDAY, now);
    }

    private static List<Problem> look(Instant now, BumpPull... pulls) {
        return new BumpWatch(rules())
                .look(List.of(pulls), Map.of("prow-bump", now, "kubevirtci-centos-bump", now), FRIDAY, now);
    }

    private static BumpRules rules() {
        return new BumpRules(preset, "prow", "operations", PATIENCE, Duration.ofHours(24));
    }

    private static BumpPull prowBump(@Nullable Instant merged) {
        return pull("prow-bump", "kubevirt/project-infra", "Bump Prow", "prow-autobump", merged);
    }

    private static BumpPull pull(String of, String repository, String title, String branch, @Nullable Instant merged) {
        try {
            String end = merged == null ? "\"mergeable\": true" : "\"merged_at\": \"" + merged + "\"";
            return PullRequestNews.read(new ObjectMapper()
                            .readTree(json(branch, end)
                                    .replace("kubevirt/kubevirt", repository)
                                    .replace("Bump kubevirtci", title)))
                    .orElseThrow()
                    .bump(of, null);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static PullRequestNews news(String branch, String more) throws JsonProcessingException {
        return Objects.requireNonNull(PullRequestNews.read(new ObjectMapper().readTree(json(branch, more)))
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
