// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.engine.BumpTestPlugin.KUBEVIRT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.engine.suspect.SuspectSearch;
import io.kubevirt.cinotify.fixture.PullPayload;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.Notification.ChangeNote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notifications name what changed before a failure. */
class SuspectsInServeTest {

    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-compute";
    private static final Duration HOLD = Duration.ofMinutes(10);

    /** A lane that passes and fails on one commit is flaky. */
    private static final String OTHER_HEAD = "d".repeat(40);

    private static final String GREEN = "a".repeat(40);
    private static final String MIDDLE = "b".repeat(40);
    private static final String RED = "c".repeat(40);

    @TempDir
    private Path folder;

    private BumpTestPlugin plugin;
    private int build;

    @BeforeEach
    void begin() throws Exception {
        plugin = new BumpTestPlugin(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        plugin.close();
    }

    private void merges(int number, String sha, Duration before) {
        plugin.receives(new PullPayload(KUBEVIRT, number, plugin.now.minus(Duration.ofDays(2)))
                .by("somebody", "branch", "Change " + number)
                .merged(sha, plugin.now.minus(before))
                .event("closed"));
    }

    private static StatusPayload onBase(String state, String description, String sha) {
        return StatusPayload.of(state, description + "\u00a0\u00a0BaseSHA:" + sha)
                .job(LANE);
    }

    private void passes(int pull, String base) {
        plugin.receives(onBase("success", "Job succeeded.", base)
                .build(++build)
                .pull(pull)
                .sha(OTHER_HEAD)
                .ended(plugin.now));
    }

    private Notification broken(String base) {
        for (int pull = 1; pull <= 3; pull++) {
            plugin.receives(onBase("failure", "Job failed.", base)
                    .build(++build)
                    .pull(pull)
                    .ended(plugin.now));
        }
        plugin.pass(HOLD);
        return plugin.shown(message -> message.incident().kind() == IncidentKind.LANE);
    }

    private void definition(String digest) {
        plugin.database.store().inTransaction(transaction -> transaction
                .laneDefinitions()
                .observe(Map.of(KUBEVIRT + " " + LANE, digest), plugin.now));
    }

    @Test
    void aLaneThatFailsAfterItsDefinitionChangedNamesItAlsoAfterARestart() throws Exception {
        definition("before");
        passes(9, GREEN);
        plugin.pass(Duration.ofHours(1));
        definition("after");
        plugin.pass(Duration.ofMinutes(30));
        plugin.restart();

        ChangeNote changes = broken(GREEN).changes();

        assertThat(changes).isNotNull();
        assertThat(changes.sentence())
                .isEqualTo("likely cause: the lane's own definition, changed 30 min before the first failed run");
    }

    @Test
    void mergesWithoutEvidenceAreOnlyALink() {
        merges(1, GREEN, Duration.ofHours(30));
        passes(9, GREEN);
        plugin.pass(Duration.ofHours(1));
        merges(2, MIDDLE, Duration.ofMinutes(20));
        merges(3, RED, Duration.ofMinutes(10));

        assertThat(broken(RED).changes())
                .isEqualTo(new ChangeNote(
                        "2 changes since the last green run, none stands out",
                        "https://github.com/kubevirt/kubevirt/compare/" + GREEN + "..." + RED));
    }

    @Test
    void withoutALastGreenRunNothingIsShown() {
        definition("before");
        plugin.pass(Duration.ofHours(1));
        definition("after");

        assertThat(broken(RED).changes()).isNull();
    }

    @Test
    void aLedgerWithAGapShowsNothing() {
        merges(1, GREEN, Duration.ofHours(30));
        passes(9, GREEN);
        plugin.pass(Duration.ofHours(1));
        merges(2, MIDDLE, Duration.ofMinutes(20));

        assertThat(broken(RED).changes()).isNull();
    }

    /** A lane broke, and the ledger lacks what lies in between. */
    private List<String> completed(FakeCompare server) throws Exception {
        merges(1, GREEN, Duration.ofHours(30));
        passes(9, GREEN);
        plugin.pass(Duration.ofHours(1));
        IncidentView incident = broken(RED).incident();
        LedgerSync ledger = plugin.ledger(server.api(folder, () -> plugin.now));
        for (int tick = 0; tick < 5; tick++) {
            ledger.tick();
        }
        return plugin.database.store().read(transaction -> new SuspectSearch(plugin.config(), transaction)
                .report(incident)
                .orElseThrow()
                .explanation());
    }

    @Test
    void aGapIsFilledWithOneComparisonAndTwoListsOfFiles() throws Exception {
        try (FakeCompare server = new FakeCompare(200)) {
            server.merge(2, MIDDLE, plugin.now).merge(3, OTHER_HEAD, plugin.now).merge(4, RED, plugin.now);

            assertThat(completed(server).getFirst())
                    .isEqualTo("suspects: 3 changes since the last green run, none stands out");
            assertThat(server.calls)
                    .hasSize(3)
                    .filteredOn(path -> path.contains("/compare/"))
                    .hasSize(1);
        }
    }

    @Test
    void aMergeIsReadOnceGitHubAnswers() throws Exception {
        merges(1, GREEN, Duration.ofMinutes(20));
        try (FakeCompare server = new FakeCompare(503)) {
            LedgerSync ledger = plugin.ledger(server.api(folder, () -> plugin.now));
            ledger.tick();
            assertThat(withoutPaths()).isOne();

            server.answers(200);
            plugin.now = plugin.now.plus(Duration.ofMinutes(10));
            ledger.tick();
            assertThat(withoutPaths()).isZero();
        }
    }

    @Test
    void mergesThatGitHubDoesNotShowDoNotHideOlderOnes() throws Exception {
        for (int number = 1; number <= 12; number++) {
            merges(number, String.format("%040x", number), Duration.ofMinutes(number));
        }
        try (FakeCompare server = new FakeCompare(404)) {
            LedgerSync ledger = plugin.ledger(server.api(folder, () -> plugin.now));
            ledger.tick();
            ledger.tick();

            assertThat(server.calls).doesNotHaveDuplicates().hasSize(12);
        }
    }

    private int withoutPaths() {
        return plugin.database
                .store()
                .read(transaction -> transaction.merges().withoutPaths(plugin.now.minus(Duration.ofDays(1))))
                .size();
    }

    @Test
    void aRepositoryThatGitHubDoesNotShowIsNotExplained() throws Exception {
        try (FakeCompare server = new FakeCompare(404)) {
            assertThat(completed(server).getFirst())
                    .isEqualTo("suspects: not shown, because GitHub does not show what lies between the last green and"
                            + " the first red run");
            assertThat(server.calls).hasSize(1);
        }
    }

    @Test
    void aCompleteLedgerAsksForNoComparison() throws Exception {
        merges(2, MIDDLE, Duration.ofMinutes(20));
        merges(3, RED, Duration.ofMinutes(10));
        try (FakeCompare server = new FakeCompare(200)) {
            completed(server);

            assertThat(server.calls).noneMatch(path -> path.contains("/compare/"));
        }
    }
}
