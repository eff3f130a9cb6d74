// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.groups.Tuple.tuple;

import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.VirtualClock;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.store.EvidenceTable;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.store.TestTable.TestFailures;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFetcherTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");
    private static final String PAGES = "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/";

    @TempDir
    private Path folder;

    private final FakeArtifactStore artifacts = new FakeArtifactStore("kubevirt-prow");
    private final VirtualClock clock = new VirtualClock();
    private final List<String> learned = new ArrayList<>();
    private final List<Diagnosis> diagnoses = new ArrayList<>();
    private Store store;
    private ArtifactLocator locator;
    private ArtifactFetcher fetcher;

    @BeforeEach
    void begin() throws Exception {
        clock.set(NOON);
        store = EmbeddedStore.in(folder.resolve("data")).store();
        begin("");
    }

    private void begin(String more) throws IOException, InvalidConfigException {
        Path config = Files.createDirectories(folder.resolve("config"));
        for (String name : List.of("ci-notify.yaml", "ci-operations-group.md", "sigs.yaml", "OWNERS_ALIASES")) {
            Files.write(config.resolve(name), Files.readAllBytes(Path.of("config", name)));
        }
        Files.writeString(config.resolve("ci-notify.yaml"), more, StandardOpenOption.APPEND);
        open();
    }

    private void open() throws InvalidConfigException {
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(folder.resolve("config"), null), () -> Instant.EPOCH);
        close();
        locator = new ArtifactLocator(
                settings.get(), new ObjectStoreEndpoint(artifacts.address()), Duration.ofMinutes(1), clock);
        fetcher = new ArtifactFetcher(
                store,
                settings,
                locator,
                work -> store.inTransaction(transaction -> {
                    work.apply(transaction).ifPresent(lesson -> {
                        learned.add(lesson.run());
                        diagnoses.add(lesson.diagnosis());
                    });
                    return true;
                }),
                clock);
    }

    @AfterEach
    void close() {
        if (locator != null) {
            locator.close();
        }
    }

    @AfterEach
    void closeStore() {
        artifacts.close();
    }

    /** A timer may fire once more while the program stops. */
    @Test
    void aTickAfterTheStopFailsNothing() {
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        ArtifactFetcher.Scheduler scheduler = new ArtifactFetcher.Scheduler(fetcher, clock);
        scheduler.stop(new ShutdownEvent());

        assertThatCode(scheduler::tick).doesNotThrowAnyException();
        assertThat(learned).isEmpty();
    }

    @Test
    void theArtifactsOfARunAreDiagnosedOnce() {
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);

        work();
        pass(Duration.ofDays(1));
        work();

        assertThat(learned).containsExactly("1");
        assertThat(diagnoses.getFirst().rule()).isEqualTo("cache-lost");
        assertThat(diagnoses.getFirst().trace())
                .anySatisfy(reason -> assertThat(reason).startsWith("the same failure nowhere else so far; new: "));
    }

    @Test
    void artifactsAreNotFetchedAgainForAnotherSourceNorAfterARestart() throws Exception {
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        work();
        int asked = artifacts.requests().size();

        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        work();
        begin("");
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        work();

        assertThat(artifacts.requests()).hasSize(asked);
        assertThat(learned).containsExactly("1");
    }

    @Test
    void theConfigurationLimitsWhenBreadthDecides() throws Exception {
        begin("");
        Path settings = folder.resolve("config").resolve("ci-notify.yaml");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replace("\nevidence:\n", "\nevidence:\n  breadth: {samePulls: 1, newAfter: 48h}\n"));
        open();
        for (int pull = 1; pull <= 2; pull++) {
            ranOn("node" + pull, want(String.valueOf(pull), "pull-kubevirt-e2e-a", pull, ArtifactTree.SUITE));
            work();
            pass(Duration.ofMinutes(10));
        }

        assertThat(diagnoses.getLast().because()).isEqualTo("1 other pull request failed in the same way");
    }

    @Test
    void anUnreachableStoreIsReportedAndTheArtifactsFollowLater() {
        artifacts.failAll(503, Map.of());
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);

        for (int minute = 0; minute < 60; minute++) {
            work();
            pass(Duration.ofMinutes(1));
        }
        assertThat(learned).as("reported once").containsExactly("1");
        assertThat(diagnoses.getFirst().symptoms()).isNull();
        assertThat(diagnoses.getFirst().cause())
                .as("never read as died before its tests")
                .isEqualTo(Cause.TEST);
        assertThat(diagnoses.getFirst().trace())
                .anySatisfy(reason -> assertThat(reason).startsWith("no evidence"));
        assertThat(artifacts.requests()).as("it is not pestered").hasSizeLessThan(40);

        artifacts.recover();
        pass(Duration.ofMinutes(10));
        work();
        assertThat(learned).containsExactly("1", "1");
        assertThat(diagnoses.getLast().rule()).isEqualTo("cache-lost");
    }

    @Test
    void theFailedTestsOfARunAreStored() {
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-network", 7, ArtifactTree.TESTS);
        work();

        List<TestFailures> tests = store.read(transaction ->
                transaction.tests().failing(TestFilter.of(TestFilter.Order.FAILED, null), NOON, NOON, 10));
        assertThat(tests)
                .extracting(TestFailures::name, TestFailures::sig, TestFailures::quarantined, TestFailures::flaky)
                .containsExactly(
                        tuple("[rfe_id:1][crit:high][sig-network] Services should reach a VM", "network", true, 0L),
                        tuple("[sig-compute]Windows should boot", "compute", false, 0L),
                        tuple("[sig-network] Networking should migrate", "network", false, 1L));
    }

    @Test
    void retryAfterOfTheStoreIsRespected() {
        artifacts.failAll(429, Map.of("Retry-After", "3600"));
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        work();
        int asked = artifacts.requests().size();

        pass(Duration.ofMinutes(59));
        work();

        assertThat(artifacts.requests()).hasSize(asked);
    }

    @Test
    void fetchingEndsAfterADay() {
        artifacts.failAll(500, Map.of());
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        pass(Duration.ofHours(25));
        work();
        int asked = artifacts.requests().size();

        pass(Duration.ofDays(1));
        work();

        assertThat(artifacts.requests()).hasSize(asked);
    }

    @Test
    void aRunThatFailsUnexpectedlyThreeTimesIsNotFetchedAgain() {
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(fetcher.claim(4)).hasSize(1).allSatisfy(fetcher::giveUpRepeated);
            pass(Duration.ofMinutes(11));
        }

        assertThat(fetcher.claim(4)).isEmpty();
    }

    @Test
    void lateFilesAreAwaited() {
        JobRun run = want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        String finished = run.url().substring(PAGES.length()) + "/finished.json";
        byte[] content = ArtifactTree.CACHE.tree().get("finished.json");
        artifacts.remove(finished);

        work();
        assertThat(learned).isEmpty();

        artifacts.add(finished, content);
        pass(Duration.ofSeconds(15));
        work();
        assertThat(diagnoses).singleElement().extracting(Diagnosis::rule).isEqualTo("cache-lost");
    }

    @Test
    void missingFilesAreNotAwaitedForever() {
        JobRun run = want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.DIED);
        artifacts.remove(run.url().substring(PAGES.length()) + "/finished.json");

        for (int i = 0; i < 20; i++) {
            work();
            pass(Duration.ofSeconds(15));
        }

        assertThat(diagnoses).singleElement().extracting(Diagnosis::rule).isNotEqualTo("died-before-tests");
    }

    @Test
    void theSameFailureElsewhereDecidesAnUnclearDiagnosis() {
        for (int pull = 1; pull <= 3; pull++) {
            JobRun run = want(
                    String.valueOf(pull),
                    "pull-kubevirt-e2e-k8s-1.3" + pull + "-sig-storage",
                    pull,
                    ArtifactTree.SUITE);
            ranOn("node" + pull, run);
            work();
            pass(Duration.ofMinutes(10));
        }

        assertThat(diagnoses.get(0).rule()).isEqualTo("suite");
        assertThat(diagnoses.get(2).rule()).isEqualTo("breadth");
        assertThat(diagnoses.get(2).cause()).isEqualTo(Cause.INFRASTRUCTURE);
        assertThat(diagnoses.get(2).trace()).anySatisfy(reason -> assertThat(reason)
                .startsWith("the same failure on 3 lanes, 3 pull requests since 2026-07-15T12:00:00Z; new: "));
        assertThat(diagnoses.get(2).symptoms().occurrences().pulls()).isEqualTo(3);
        assertThat(diagnoses.get(2).because()).isEqualTo("2 other pull requests failed in the same way");
    }

    @Test
    void equalMakeErrorsOfDifferentChangesAreDifferentFailures() {
        for (int pull = 1; pull <= 4; pull++) {
            String id = String.valueOf(pull);
            JobRun run = want(id, "pull-kubevirt-generate", pull, ArtifactTree.DIED);
            artifacts.add(
                    run.url().substring(PAGES.length()) + "/build-log.txt",
                    ("+ make generate-verify\ndiff of pull request " + pull
                                    + "\nmake: *** [Makefile:29: generate-verify] Error 1\n")
                            .getBytes(StandardCharsets.UTF_8));
            work();
            pass(Duration.ofMinutes(10));
        }

        assertThat(diagnoses)
                .hasSize(4)
                .allSatisfy(diagnosis -> assertThat(diagnosis.cause()).isNotEqualTo(Cause.INFRASTRUCTURE))
                .allSatisfy(diagnosis ->
                        assertThat(diagnosis.symptoms().signature()).isEmpty())
                .allSatisfy(diagnosis -> assertThat(diagnosis.symptoms().excerpt())
                        .as("it is shown all the same")
                        .anySatisfy(line -> assertThat(line).contains("generate-verify] Error 1")));
    }

    @Test
    void failuresOfSeveralLanesOnOneNodeAreANodeFailure() {
        want("1", "pull-kubevirt-e2e-a", 1, ArtifactTree.EVICTED);
        want("2", "pull-kubevirt-e2e-b", 2, ArtifactTree.EVICTED);
        want("3", "pull-kubevirt-e2e-c", 3, ArtifactTree.EVICTED);
        work();

        assertThat(diagnoses.getLast().rule()).isEqualTo("sick-node");
        assertThat(diagnoses.getLast().area()).isEqualTo("bare-metal");
        assertThat(diagnoses.getLast().trace())
                .contains(
                        "rule sick-node: 3 lanes failed on node node07 of workloads within 6 h, and fewer on every other"
                                + " node");
    }

    @Test
    void aKnownIssueIsActiveOnceItMatchesItsOwnBuild() throws Exception {
        String page = page("pull-kubevirt-e2e-old", 99, "1000");
        begin(knownIssue("Failed to fetch blobs", page));
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        work();
        assertThat(diagnoses.getLast().trace().getLast()).contains("matches, but is inactive");

        begin(knownIssue("Failed to fetch blobs", page));
        artifacts.add(page.substring(PAGES.length()), ArtifactTree.CACHE.tree());
        want("2", "pull-kubevirt-e2e-k8s-1.33-sig-network", 8, ArtifactTree.CACHE);
        work();
        assertThat(diagnoses.getLast().trace().getLast())
                .startsWith("known issue \"cache\" (owner somebody, ")
                .endsWith("muted until then");
        Map<String, Integer> matches = store.inTransaction(
                transaction -> transaction.evidence().knownIssues(NOON, NOON.plus(Duration.ofDays(365)), lane -> true));
        assertThat(matches).isEqualTo(Map.of("cache", 1));
    }

    @Test
    void aKnownIssueDoesNotMuteOtherFailures() throws Exception {
        begin(knownIssues(new Issue("services", "should reach a VM", true, "example: should reach a VM")));
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-network", 7, ArtifactTree.TESTS);
        work();

        assertThat(diagnoses.getLast().knownIssue().title()).isEqualTo("services");
        assertThat(diagnoses.getLast().knownIssue().mute())
                .as("two other tests failed")
                .isFalse();
        assertThat(diagnoses.getLast().trace().getLast())
                .startsWith("known issue \"services\" (owner somebody, ")
                .endsWith("it does not mute the run, which has other failures");
    }

    @Test
    void knownIssuesThatCoverAllFailuresMuteTheRun() throws Exception {
        begin(knownIssues(
                new Issue("network", "sig-network", true, "example: sig-network"),
                new Issue("windows", "Windows should boot", true, "example: Windows should boot")));
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-network", 7, ArtifactTree.TESTS);
        work();

        assertThat(diagnoses.getLast().knownIssue().mute()).isTrue();
    }

    @Test
    void anInactiveIssueHidesNoActiveOne() throws Exception {
        String expired = page("pull-kubevirt-e2e-old", 99, "1000");
        begin(knownIssues(
                new Issue("expired", "Missing digest", true, "build: " + expired),
                new Issue("cared-for", "Missing digest", false, "example: 'Missing digest: 1'"),
                new Issue("muting", "Missing digest", true, "example: 'Missing digest: 1'")));
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        work();
        assertThat(diagnoses.getLast().knownIssue().title()).isEqualTo("muting");

        begin(knownIssues(
                new Issue("expired", "Missing digest", true, "build: " + expired),
                new Issue("cared-for", "Missing digest", false, "example: 'Missing digest: 1'")));
        want("2", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 8, ArtifactTree.CACHE);
        work();
        assertThat(diagnoses.getLast().knownIssue().title()).isEqualTo("cared-for");
    }

    @Test
    void anExpiredKnownIssueIsIgnored() throws Exception {
        pass(Duration.ofDays(2_000));
        begin(knownIssue("Failed to fetch blobs", page("pull-kubevirt-e2e-old", 99, "1000")));
        want("1", "pull-kubevirt-e2e-k8s-1.33-sig-storage", 7, ArtifactTree.CACHE);
        work();

        assertThat(diagnoses.getLast().trace())
                .noneSatisfy(reason -> assertThat(reason).contains("known issue"));
    }

    /** @param shows what proves the pattern, as settings write it */
    private record Issue(String name, String pattern, boolean mute, String shows) {}

    private static String knownIssue(String pattern, String build) {
        return knownIssues(new Issue("cache", pattern, true, "build: " + build));
    }

    private static String knownIssues(Issue... issues) {
        return "\nknownIssues:\n"
                + Arrays.stream(issues)
                        .map(issue -> """
                              - name: %s
                                pattern: %s
                                owner: somebody
                                link: https://example.org/1
                                until: 2030-01-01
                                mute: %s
                                %s
                            """.formatted(issue.name(), issue.pattern(), issue.mute(), issue.shows()))
                        .collect(Collectors.joining());
    }

    private void pass(Duration time) {
        clock.set(clock.instant().plus(time));
    }

    private void work() {
        List<EvidenceTable.Request> claimed = fetcher.claim(4);
        claimed.forEach(fetcher::fetch);
    }

    private JobRun want(String id, String job, int pull, ArtifactTree nature) {
        String page = page(job, pull, id);
        artifacts.add(page.substring(PAGES.length()), nature.tree());
        JobRun run = JobRun.builder(job, JobType.PRESUBMIT, JobState.FAILURE)
                .repository(new Repository("kubevirt", "kubevirt"))
                .pulls(List.of(Pull.numbered(pull)))
                .description("Job failed.")
                .build(id, page)
                .build();
        store.inTransaction(transaction -> transaction.evidence().request(id, run, clock.instant(), clock.instant()));
        return run;
    }

    private void ranOn(String node, JobRun run) {
        artifacts.add(
                run.url().substring(PAGES.length()) + "/podinfo.json",
                ("{\"pod\":{\"spec\":{\"nodeName\":\"" + node + "\"}}}").getBytes(StandardCharsets.UTF_8));
    }

    private static String page(String job, int pull, String build) {
        return PAGES + "pr-logs/pull/kubevirt_kubevirt/" + pull + "/" + job + "/" + build;
    }
}
