// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.engine.BumpTestPlugin.DEPLOYMENT;
import static io.kubevirt.cinotify.engine.BumpTestPlugin.INFRA;
import static io.kubevirt.cinotify.engine.BumpTestPlugin.KUBEVIRT;
import static io.kubevirt.cinotify.engine.BumpTestPlugin.UNIT;
import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.fixture.PullPayload;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.prow.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recovery from lost webhooks: no event arrives in these tests unless they send one. */
class BumpSyncTest {

    private static final String HEAD = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private static final String PUSHED = "9a1b09b5b57875f334f61aebed695e2e4193db5e";
    private static final String MERGE = "9049f1265b7d61be4a8904a9a27120d2064dab3b";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GRACE_PERIOD = Duration.ofHours(2);

    @TempDir
    private Path folder;

    private BumpTestPlugin plugin;

    @BeforeEach
    void begin() throws Exception {
        plugin = new BumpTestPlugin(folder);
        plugin.syncs();
        plugin.pass(HOUR);
    }

    @AfterEach
    void end() throws InterruptedException {
        plugin.close();
    }

    private PullPayload opens(String repository, int number) {
        PullPayload pull = new PullPayload(repository, number, plugin.now);
        plugin.github.world().pull(pull);
        return repository.equals(INFRA) ? pull.by("kubevirt-bot", "prow-autobump", "Bump Prow") : pull;
    }

    private StatusPayload status(StatusPayload status, String repository, String sha) {
        StatusPayload set =
                status.repository(repository).pull(7).sha(sha).job(UNIT).ended(plugin.now);
        plugin.github.world().set(set);
        return set;
    }

    private TrackedBump known(String repository, int number) {
        return plugin.database
                .store()
                .read(transaction -> transaction.bumps().find(Repository.of(repository), number))
                .orElseThrow();
    }

    private String shownOf(String title) {
        return plugin.shown(message -> message.incident().title().equals(title))
                .incident()
                .why();
    }

    private List<String> open() {
        return plugin.shown().stream()
                .map(Notification::incident)
                .filter(incident -> incident.closedAt() == null)
                .map(incident -> incident.title())
                .toList();
    }

    @Test
    void aPassingBumpIsFoundWithoutWebhooks() {
        opens(INFRA, 7);
        status(StatusPayload.success(), INFRA, HEAD);

        plugin.syncs();
        plugin.pass(Duration.ofMinutes(5));

        assertThat(shownOf("prow-bump kubevirt/project-infra#7"))
                .contains("all required jobs passed at ", ", and it waits for approval");
    }

    @Test
    void aFailedBumpAndItsRetestAreFoundAfterDowntime() throws Exception {
        PullPayload pull = opens(KUBEVIRT, 7);
        plugin.receives(pull.event("opened"));
        status(StatusPayload.failure().build(1), KUBEVIRT, HEAD);
        plugin.pass(GRACE_PERIOD.plusMinutes(1));
        plugin.restart();

        plugin.syncs();
        assertThat(shownOf("kubevirtci-bump kubevirt/kubevirt#7"))
                .contains("required jobs failed", UNIT)
                .doesNotContain("times");

        plugin.pass(HOUR);
        status(StatusPayload.success().build(2), KUBEVIRT, HEAD);
        plugin.syncs();
        assertThat(open()).isEmpty();
    }

    @Test
    void aFailureSeenTwiceCountsOnce() {
        PullPayload pull = opens(KUBEVIRT, 7);
        plugin.receives(pull.event("opened"));
        plugin.receives(status(StatusPayload.failure().build(1), KUBEVIRT, HEAD));
        plugin.pass(Duration.ofSeconds(5));
        plugin.syncs();

        assertThat(known(KUBEVIRT, 7).checks().get(UNIT).failures()).isEqualTo(1);
    }

    @Test
    void aPushIsFoundWithTheStatusesOfItsCommit() {
        PullPayload pull = opens(INFRA, 7);
        plugin.receives(pull.event("opened"));
        plugin.receives(status(StatusPayload.failure().build(1), INFRA, HEAD));
        plugin.pass(HOUR);
        pull.pushed(PUSHED, plugin.now);
        status(StatusPayload.success().build(2), INFRA, PUSHED);
        plugin.pass(HOUR);
        pull.changed(plugin.now);

        plugin.syncs();

        assertThat(known(INFRA, 7).phase()).isEqualTo(TrackedBump.Phase.GREEN);
    }

    @Test
    void aBumpThatEndedOnGitHubEndsInTheStore() {
        PullPayload merged = opens(KUBEVIRT, 7);
        PullPayload closed = opens(KUBEVIRT, 8);
        opens(KUBEVIRT, 9);
        plugin.syncs();
        plugin.pass(HOUR);
        merged.merged(MERGE, plugin.now);
        closed.closed(plugin.now);
        plugin.github.world().deletePull(KUBEVIRT, 9);

        plugin.syncs();

        assertThat(Stream.of(7, 8, 9).map(number -> known(KUBEVIRT, number).phase()))
                .containsExactly(TrackedBump.Phase.MERGED, TrackedBump.Phase.CLOSED, TrackedBump.Phase.CLOSED);
    }

    @Test
    void aBumpMergedDuringDowntimeIsFoundWithItsDeployment() throws Exception {
        PullPayload pull = opens(INFRA, 7);
        plugin.pass(Duration.ofHours(3));
        pull.merged(MERGE, plugin.now);
        plugin.pass(Duration.ofMinutes(10));
        plugin.github
                .world()
                .set(StatusPayload.failure()
                        .repository(INFRA)
                        .postsubmit(DEPLOYMENT)
                        .sha(MERGE)
                        .build(5)
                        .ended(plugin.now));
        plugin.pass(Duration.ofHours(30));
        plugin.restart();

        plugin.syncs();
        assertThat(shownOf("deployment of prow-bump kubevirt/project-infra#7")).contains(DEPLOYMENT + " failed");

        plugin.github
                .world()
                .set(StatusPayload.success()
                        .repository(INFRA)
                        .postsubmit(DEPLOYMENT)
                        .sha(MERGE)
                        .build(6)
                        .ended(plugin.now));
        plugin.pass(HOUR);
        plugin.syncs();
        assertThat(open()).isEmpty();
    }

    @Test
    void anOverriddenContextPassesUntilTheOverrideIsCancelled() {
        PullPayload pull = opens(INFRA, 7);
        plugin.receives(pull.event("opened"));
        plugin.receives(status(StatusPayload.failure().build(1), INFRA, HEAD));
        plugin.pass(Duration.ofMinutes(1));
        status(StatusPayload.of("success", "Overridden by a-maintainer"), INFRA, HEAD);
        plugin.pass(HOUR);
        plugin.syncs();
        assertThat(known(INFRA, 7).phase()).isEqualTo(TrackedBump.Phase.GREEN);

        plugin.receives(status(StatusPayload.of("failure", "Override cancelled by a-maintainer"), INFRA, HEAD));
        assertThat(known(INFRA, 7).phase()).isEqualTo(TrackedBump.Phase.RED);
    }

    @Test
    void aConflictIsReadFromThePullRequestItself() {
        opens(KUBEVIRT, 7).mergeable(false);
        plugin.syncs();
        plugin.pass(GRACE_PERIOD);

        assertThat(shownOf("kubevirtci-bump kubevirt/kubevirt#7")).contains("has merge conflicts");
    }

    @Test
    void allPagesAreReadAndPullRequestsOfPeopleAreSkipped() {
        for (int number = 1_000; number < 1_350; number++) {
            opens(KUBEVIRT, number).by("somebody-" + number, "fix-" + number, "Fix something");
        }
        opens(KUBEVIRT, 7);
        plugin.github.requests().clear();
        plugin.syncs();

        assertThat(known(KUBEVIRT, 7).className()).isEqualTo("kubevirtci-bump");
        assertThat(plugin.github.requests())
                .filteredOn(request -> request.startsWith("GET /repos/kubevirt/kubevirt/"))
                .hasSize(1 + 4 + 1 + 1)
                .anyMatch(request -> request.contains("state=open&per_page=100&page=4"));
    }

    @Test
    void anUnchangedPageCostsNoRateLimit() {
        opens(KUBEVIRT, 7);
        status(StatusPayload.failure().build(1), KUBEVIRT, HEAD);
        plugin.syncs();
        plugin.github.requests().clear();
        plugin.github.notModified().clear();

        plugin.pass(HOUR);
        plugin.syncs();
        assertThat(plugin.github.requests()).isNotEmpty().isEqualTo(plugin.github.notModified());

        plugin.pass(HOUR);
        plugin.syncs();
        assertThat(shownOf("kubevirtci-bump kubevirt/kubevirt#7")).contains("required jobs failed");
    }

    @Test
    void aRepositoryIsReadOnceAnHour() {
        plugin.syncs();
        plugin.github.requests().clear();
        plugin.pass(Duration.ofMinutes(59));
        plugin.syncs();
        assertThat(plugin.github.requests()).isEmpty();
    }

    static Stream<Arguments> errors() {
        Instant reset = NOON.plus(HOUR).plus(Duration.ofMinutes(20));
        return Stream.of(
                Arguments.of(GitHubFault.primaryLimit(reset.getEpochSecond()), "rate limit", Duration.ofMinutes(20)),
                Arguments.of(GitHubFault.forbidden(), "permission denied (403)", Duration.ofMinutes(5)),
                Arguments.of(
                        new GitHubFault.Refusal(
                                301,
                                Map.of("Location", "https://api.github.com/repositories/76686583"),
                                "{\"message\":\"Moved Permanently\"}"),
                        "redirects it (301) elsewhere",
                        Duration.ofMinutes(5)),
                Arguments.of(GitHubFault.status(502, "Bad Gateway"), "GitHub failed (502)", Duration.ofMinutes(5)),
                Arguments.of(GitHubFault.status(404, "Not Found"), "not found (404)", Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorOfGitHubKeepsTheStateAndIsShownByHealth(GitHubFault fault, String why, Duration until) {
        opens(INFRA, 7);
        status(StatusPayload.success(), INFRA, HEAD);
        plugin.syncs();
        assertThat(plugin.problem()).isEmpty();

        plugin.github.failReads(fault);
        plugin.pass(HOUR);
        plugin.syncs();
        assertThat(plugin.problem().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("cannot read the bumps of kubevirt/")
                        .contains("only webhooks"))
                .anySatisfy(line -> assertThat(line).contains(why));
        assertThat(known(INFRA, 7).phase()).isEqualTo(TrackedBump.Phase.GREEN);

        plugin.github.clearFaults();
        plugin.pass(Duration.ofHours(1));
        plugin.syncs();
        assertThat(plugin.problem()).isEmpty();
        assertThat(open()).containsExactly("prow-bump kubevirt/project-infra#7");
    }

    @Test
    void aFailedReadIsRetriedAfterMinutes() throws Exception {
        plugin.github.beOffline(Duration.ZERO);
        plugin.github.failReads(GitHubFault.status(503, "Service Unavailable"));
        plugin.syncs();
        opens(INFRA, 7);
        plugin.github.clearFaults();

        plugin.pass(Duration.ofMinutes(4));
        plugin.syncs();
        assertThat(plugin.problem()).isNotEmpty();

        plugin.pass(Duration.ofMinutes(1));
        plugin.syncs();
        assertThat(plugin.problem()).isEmpty();
        assertThat(known(INFRA, 7).className()).isEqualTo("prow-bump");
    }

    @Test
    void anUnclassifiedBumpNotifiesOnceAcrossRestarts() throws Exception {
        PullPayload pull = opens(KUBEVIRT, 7).by("kubevirt-bot", "brand-new", "Do something");
        plugin.receives(pull.event("opened"));
        Notification notified = plugin.shown(message -> true);
        assertThat(notified.incident().title()).isEqualTo("unclassified pull request kubevirt/kubevirt#7");
        assertThat(notified.incident().diagnosis().area()).isEqualTo("prow");

        for (int restart = 0; restart < 3; restart++) {
            plugin.restart();
            plugin.receives(pull.changed(plugin.now).event("edited"));
            plugin.syncs();
            plugin.pass(HOUR);
        }

        assertThat(plugin.shown()).hasSize(1);
        assertThat(plugin.channel.log().stream().filter(line -> line.startsWith("post")))
                .hasSize(1);
        assertThat(plugin.channel.entries().getFirst().replies)
                .as("nobody is called twice")
                .allSatisfy(reply -> assertThat(Optional.of(reply.toString())).isEmpty());

        pull.closed(plugin.now);
        plugin.pass(HOUR);
        plugin.syncs();
        assertThat(open()).isEmpty();
    }
}
