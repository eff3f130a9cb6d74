// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubevirt.cinotify.fixture.FakeApiServer;
import io.kubevirt.cinotify.fixture.MemoryJournal;
import io.kubevirt.cinotify.fixture.VirtualTime;
import io.kubevirt.cinotify.source.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the API server does, every lasting state reaches the journal, and problems are reported. */
@Timeout(180)
class ProwJobReflectorTest {

    private static final long SEED = 20260302;
    private static final String DONE = ",\"completionTime\":\"2026-03-02T09:00:00Z\"";

    @TempDir
    private Path directory;

    private final FakeApiServer api = new FakeApiServer(2_000);
    private final MemoryJournal journal = new MemoryJournal();
    private final MemoryResourceVersionStore resourceVersions = new MemoryResourceVersionStore();
    private final VirtualTime time = new VirtualTime();
    private final List<ProwJobReflector> reflectors = new ArrayList<>();
    private KubernetesClient client;

    @BeforeEach
    void connect() throws IOException {
        client = KubernetesClientFactory.open(api.kubeconfig(directory));
    }

    @AfterEach
    void close() {
        reflectors.forEach(ProwJobReflector::stop);
        client.close();
        api.close();
    }

    @Test
    void existingProwJobsAreListedInPagesAndChangesAreWatched() throws InterruptedException {
        fill(1_234);
        ProwJobReflector reflector = open();
        time.runUntil("all are listed and a watch is open", () -> journal.size() == 1_234 && api.openWatches() == 1);
        assertThat(api.lists()).isEqualTo(3);

        api.put("job-7", "pending", "");
        api.put("job-7", "failure", DONE);
        time.runUntil("the end is seen", () -> journal.contains("prowjob/job-7/failure/completed"));

        assertThat(journal.contains("prowjob/job-7/pending")).isTrue();
        assertThat(reflector.status().connected()).isTrue();
        assertThat(reflector.status().newObservations()).isEqualTo(1_236);
        assertThat(api.watches()).isEqualTo(1);
    }

    @Test
    void aDeliveryHasOnlyTheUsedFields() throws InterruptedException {
        api.put("job", "failure", ",\"url\":\"https://prow.example.org/x\",\"pod_name\":\"job\"");
        open();
        time.runUntil("it is there", () -> journal.size() == 1);
        Delivery delivery = journal.deliveries().getFirst();
        assertThat(delivery.event()).isEqualTo("prowjob");
        assertThat(new String(delivery.body(), StandardCharsets.UTF_8))
                .contains("\"name\":\"job\"", "\"job\":\"job\"", "\"url\"")
                .doesNotContain("pod_spec", "pod_name", "resourceVersion", "é");
    }

    @Test
    void theLastStateOfADeletedProwJobIsStored() throws InterruptedException {
        open();
        time.runUntil("a watch is open", () -> api.openWatches() == 1);
        api.put("job", "success", DONE);
        api.delete("job");
        time.runUntil("it is there", () -> journal.contains("prowjob/job/success/completed"));
    }

    @Test
    void theWatchReportsTheDeletionOfAnUnfinishedProwJob() throws InterruptedException {
        open();
        time.runUntil("a watch is open", () -> api.openWatches() == 1);
        api.put("waiting", "triggered", "");
        api.put("stopping", "aborted", "");
        api.put("ended", "success", DONE);
        api.delete("waiting");
        api.delete("stopping");
        api.delete("ended");
        api.put("last", "triggered", "");
        time.runUntil("all is there", () -> journal.contains("prowjob/last/triggered"));

        assertThat(journal.contains("prowjob/waiting/deleted")).isTrue();
        assertThat(journal.contains("prowjob/stopping/deleted")).isTrue();
        assertThat(journal.contains("prowjob/ended/deleted"))
                .as("sinker deletes what has ended")
                .isFalse();
    }

    @Test
    void aCompleteListReportsTheUnfinishedProwJobsThatItLacks() throws InterruptedException {
        fill(1_234);
        resourceVersions.addUnfinished("job-1");
        resourceVersions.addUnfinished("job-1233");
        resourceVersions.addUnfinished("deleted-meanwhile");
        open();
        time.runUntil("a watch is open", () -> api.openWatches() == 1);

        assertThat(journal.contains("prowjob/deleted-meanwhile/deleted")).isTrue();
        assertThat(journal.size()).isEqualTo(1_235);
    }

    @Test
    void anIncompleteListReportsNoDeletion() throws InterruptedException {
        fill(1_234);
        resourceVersions.addUnfinished("job-1233");
        resourceVersions.addUnfinished("deleted-meanwhile");
        failJournalAfterOnePage();

        assertThat(journal.deliveries()).noneMatch(delivery -> delivery.id().endsWith("/deleted"));
    }

    @Test
    void aWatchThatIsClosedFiftyTimesLosesNothing() throws InterruptedException {
        Random random = new Random(SEED);
        open();
        time.runUntil("a watch is open", () -> api.openWatches() == 1);
        for (int i = 0; i < 50; i++) {
            int before = random.nextInt(5);
            for (int event = 0; event < before; event++) {
                api.put("before-" + i + "-" + event, "pending", "");
            }
            api.closeWatches();
            api.put("after-" + i, "pending", "");
            String last = "prowjob/after-" + i + "/pending";
            int watches = i + 2;
            time.runUntil(
                    "watch " + watches + " has delivered " + last,
                    () -> journal.contains(last) && api.watches() >= watches);
            for (int event = 0; event < before; event++) {
                assertThat(journal.contains("prowjob/before-" + i + "-" + event + "/pending"))
                        .as("seed %d, round %d", SEED, i)
                        .isTrue();
            }
        }
        assertThat(api.lists()).as("watches continue without a list").isEqualTo(1);
    }

    @Test
    void aCompactedVersionCausesANewList() throws InterruptedException {
        fill(3);
        ProwJobReflector reflector = open();
        time.runUntil("a watch is open", () -> journal.size() == 3 && api.openWatches() == 1);
        api.stop();
        time.runUntil("it is noticed", () -> !reflector.status().connected());
        api.put("missed", "failure", DONE);
        api.compact();
        api.restart();
        time.runUntil(
                "it is found by a list",
                () -> journal.contains("prowjob/missed/failure/completed") && api.openWatches() == 1);
        assertThat(api.lists()).isEqualTo(2);
    }

    @Test
    void aVersionCompactedDuringAListRestartsTheList() throws InterruptedException {
        fill(1_600);
        failJournalAfterOnePage();
        api.compact();
        journal.recover();
        time.runUntil("all are there", () -> journal.size() == 1_600 && api.openWatches() == 1);
    }

    @Test
    void anIncompletePageIsFetchedAgain() throws InterruptedException {
        fill(1_600);
        api.breakPageAfter(2);
        open();
        time.runUntil("all are there", () -> journal.size() == 1_600 && api.openWatches() == 1);
        assertThat(api.lists()).as("four pages and the broken one").isEqualTo(5);
    }

    @Test
    void anUnreachableApiServerIsRetriedWithBackoff() throws InterruptedException {
        fill(3);
        ProwJobReflector reflector = open();
        time.runUntil("a watch is open", () -> api.openWatches() == 1);
        api.stop();
        time.runUntil("it is noticed", () -> !reflector.status().connected());
        for (int i = 0; i < 50; i++) {
            api.put("meanwhile-" + i, "failure", DONE);
            time.runUntil("some seconds have elapsed", elapsed(Duration.ofSeconds(10)));
        }
        assertThat(reflector.status().problem()).contains("cannot be reached", "watch prowjobs.prow.k8s.io");
        api.restart();
        time.runUntil("all are there", () -> journal.size() == 53);
        assertThat(reflector.status().connected()).isTrue();
        assertThat(api.lists()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "watch"})
    void aMissingPermissionIsNamedAndTheReflectorRecoversWhenItIsGranted(String verb) throws InterruptedException {
        fill(3);
        api.forbid(verb);
        ProwJobReflector reflector = open();
        time.runUntil("it is noticed", () -> reflector.status().failingSince() != null);
        assertThat(reflector.status().problem())
                .contains(
                        "forbids to " + verb + " prowjobs.prow.k8s.io in namespace " + FakeApiServer.NAMESPACE, "Role");
        int requests = api.lists() + api.watches();
        time.runUntil("ten minutes have elapsed", elapsed(Duration.ofMinutes(10)));
        assertThat(api.lists() + api.watches() - requests).as("slow retries").isLessThanOrEqualTo(20);
        api.allowAll();
        time.runUntil(
                "a watch is open",
                () -> api.openWatches() == 1 && reflector.status().connected());
        assertThat(journal.size()).isEqualTo(3);
    }

    @Test
    void statesThatTheJournalRejectsAreFetchedAgain() throws InterruptedException {
        ProwJobReflector reflector = open();
        time.runUntil("a watch is open", () -> api.openWatches() == 1);
        journal.becomeUnavailable();
        api.put("job", "failure", DONE);
        time.runUntil("it is noticed", () -> reflector.status().failingSince() != null);
        assertThat(reflector.status().problem()).contains("cannot be stored", "disk full");
        journal.recover();
        time.runUntil("it is there", () -> journal.contains("prowjob/job/failure/completed"));
        journal.throwUnexpectedly();
        api.put("job", "aborted", "");
        time.runUntil("it is noticed", () -> reflector.status().failingSince() != null);
        journal.stopThrowing();
        time.runUntil("it is there", () -> journal.contains("prowjob/job/aborted"));
    }

    @Test
    void aRestartContinuesFromTheLastVersionWithoutAList() throws InterruptedException {
        fill(3);
        ProwJobReflector first = open();
        time.runUntil("a watch is open", () -> api.openWatches() == 1);
        api.bookmark();
        String bookmarked = "1004";
        time.runUntil(
                "the bookmark is known",
                () -> bookmarked.equals(resourceVersions.resourceVersion().orElse("")));
        first.stop();
        time.runUntil("the watch is closed", () -> {
            api.put("unseen", "triggered", "");
            return api.openWatches() == 0;
        });
        api.put("meanwhile", "failure", DONE);
        open();
        time.runUntil("it is there", () -> journal.contains("prowjob/meanwhile/failure/completed"));
        assertThat(api.lists()).isEqualTo(1);
    }

    @Test
    void aRestartDuringAListListsAgain() throws InterruptedException {
        fill(1_600);
        failJournalAfterOnePage();
        reflectors.getFirst().stop();
        journal.recover();
        assertThat(resourceVersions.resourceVersion()).isEmpty();
        open();
        time.runUntil("all are there", () -> journal.size() == 1_600 && api.openWatches() == 1);
    }

    @Test
    void anOverdueWatchIsReplacedAndAListRunsOnceAnHour() throws InterruptedException {
        open();
        time.runUntil("a watch is open", () -> api.openWatches() == 1);
        time.runUntil("it is replaced", bookmarkedEachMinute(() -> api.watches() == 2));
        assertThat(Duration.between(VirtualTime.START, time.instant()))
                .isBetween(Duration.ofMinutes(6), Duration.ofMinutes(13));
        assertThat(api.lists()).isEqualTo(1);
        time.runUntil("there was a list", bookmarkedEachMinute(() -> api.lists() == 2));
        assertThat(Duration.between(VirtualTime.START, time.instant()))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(75));
    }

    /** The API server sends bookmarks while nothing changes. */
    private BooleanSupplier bookmarkedEachMinute(BooleanSupplier condition) {
        AtomicReference<Instant> last = new AtomicReference<>(time.instant());
        return () -> {
            if (!time.instant().isBefore(last.get().plus(Duration.ofMinutes(1)))) {
                last.set(time.instant());
                api.bookmark();
            }
            return condition.getAsBoolean();
        };
    }

    @Test
    void aSilentWatchIsReplacedByAList() throws InterruptedException {
        ProwJobReflector reflector = open();
        time.runUntil("a watch is open", () -> api.openWatches() == 1);

        time.runUntil("there is a new list", () -> api.lists() == 2);

        assertThat(Duration.between(VirtualTime.START, time.instant())).isLessThan(Duration.ofMinutes(6));
        assertThat(reflector.status().problem()).contains("no event and no bookmark");
    }

    @Test
    void aStoredVersionIsVerifiedByAnEarlyList() throws InterruptedException {
        resourceVersions.save("734498121");
        open();

        time.runUntil("there is a list", () -> api.lists() == 1);

        assertThat(Duration.between(VirtualTime.START, time.instant())).isLessThan(Duration.ofMinutes(3));
    }

    /** Leaves a list half done. */
    private void failJournalAfterOnePage() throws InterruptedException {
        journal.becomeUnavailableAfter(ProwJobClient.PAGE_SIZE);
        ProwJobReflector reflector = open();
        time.runUntil("it is noticed", () -> reflector.status().failingSince() != null);
        assertThat(journal.size()).isEqualTo(ProwJobClient.PAGE_SIZE);
    }

    private BooleanSupplier elapsed(Duration duration) {
        Instant end = time.instant().plus(duration);
        return () -> !time.instant().isBefore(end);
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            api.put("job-" + i, "triggered", "");
        }
    }

    private ProwJobReflector open() {
        ProwJobClient prowJobs = new ProwJobClient(client, FakeApiServer.NAMESPACE, time);
        ProwJobReflector reflector =
                new ProwJobReflector(prowJobs, journal, resourceVersions, time.sourceRuntime(SEED));
        reflectors.add(reflector);
        reflector.start();
        return reflector;
    }
}
