// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.VirtualClock;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.store.JournalEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the artifacts say decides whether somebody is called, through everything that serves. */
class EvidenceDecidesTest {

    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final String PRIVATE_DIRECTORY = "pr-logs/pull/kubevirt_canary-repo/%1$d/pull-canary-job/%1$d";
    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-storage";

    @TempDir
    private Path folder;

    private final FakeArtifactStore artifacts = new FakeArtifactStore(StatusPayload.BUCKET);
    private final VirtualClock clock = new VirtualClock();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private EmbeddedStore database;
    private ArtifactLocator locator;
    private IncidentService service;
    private DeliveryProcessor deliveries;
    private ArtifactFetcher fetcher;
    private NodeHealthMonitor nodes;

    @BeforeEach
    void begin() throws Exception {
        clock.set(NOON);
        Path config = Files.createDirectories(folder.resolve("config"));
        for (String name : List.of("ci-notify.yaml", "ci-operations-group.md", "sigs.yaml", "OWNERS_ALIASES")) {
            Files.write(config.resolve(name), Files.readAllBytes(Path.of("config", name)));
        }
        Files.writeString(config.resolve("ci-notify.yaml"), """

            knownIssues:
              - name: lost blobs
                pattern: Missing digest
                owner: somebody
                link: https://example.org/1
                until: 2026-07-15
                mute: true
                example: 'Failed to fetch blobs: Missing digest: 1'
            """, StandardOpenOption.APPEND);
        Path jobs = Files.writeString(folder.resolve("jobs.yaml"), """
            presubmits:
              kubevirt/other:
                - name: pull-shared-name
                  hidden: true
                  spec: {containers: [{image: golang}]}
            """);
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(config, jobs), () -> NOON);
        database = EmbeddedStore.in(folder.resolve("data"));
        service = new IncidentService(
                database.store(), settings, new Channels(List.of(new ConsoleChannel(console))), clock);
        deliveries = new DeliveryProcessor(database.store(), settings, service, clock);
        locator = new ArtifactLocator(
                settings.get(), new ObjectStoreEndpoint(artifacts.address()), Duration.ofMinutes(1), clock);
        fetcher = new ArtifactFetcher(database.store(), settings, locator, DiagnosisListener.of(service), clock);
        nodes = new NodeHealthMonitor(service, database.store());
    }

    @AfterEach
    void close() {
        locator.close();
        artifacts.close();
    }

    @Test
    void aMutingKnownIssueSuppressesNotificationsUntilItExpires() {
        for (int pull = 1; pull <= 3; pull++) {
            red(LANE, pull, ArtifactTree.CACHE);
        }
        pass(HOLD);

        assertThat(sent()).isEmpty();
        assertThat(database.outcomes().entry("run 3").reason()).isEqualTo("known-issue");
        assertThat(open()).singleElement().satisfies(incident -> {
            assertThat(incident.diagnosis().knownIssue()).isNotNull();
            assertThat(incident.diagnosis().knownIssue().title()).isEqualTo("lost blobs");
            assertThat(incident.diagnosis().knownIssue().mute()).isTrue();
        });

        clock.set(Instant.parse("2026-07-16T00:00:00Z"));
        service.tick();
        assertThat(sent()).singleElement().asString().contains("opened");
    }

    @Test
    void anUnknownFailureIsNotified() {
        for (int pull = 1; pull <= 3; pull++) {
            red(LANE, pull, ArtifactTree.TESTS);
        }
        pass(HOLD);

        assertThat(sent()).hasSize(1);
    }

    @Test
    void aMessageNamesTheOtherLanesOnWhichItsTestFailed() {
        red("pull-kubevirt-e2e-k8s-1.35-sig-network", 9, ArtifactTree.TESTS);
        for (int pull = 1; pull <= 3; pull++) {
            red(LANE, pull, ArtifactTree.TESTS);
        }
        pass(HOLD);

        assertThat(database.outcomes().query("SELECT document FROM message"))
                .singleElement()
                .asString()
                .contains("within 7 days this test also failed on pull-kubevirt-e2e-k8s-1.35-sig-network");
    }

    @Test
    void aFailingNodeIsOneIncidentUntilRunsPassOnItAgain() {
        red("pull-kubevirt-e2e-k8s-1.35-sig-network", 1, ArtifactTree.EVICTED);
        red("pull-kubevirt-e2e-k8s-1.36-sig-compute", 2, ArtifactTree.EVICTED);
        assertThat(open()).isEmpty();
        for (int pull = 3; pull <= 5; pull++) {
            arrives(LANE, pull, ArtifactTree.EVICTED);
        }
        read();
        pass(HOLD);

        assertThat(open()).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.NODE);
            assertThat(incident.title()).startsWith("node node07");
            assertThat(incident.diagnosis().area()).isEqualTo("bare-metal");
            assertThat(incident.runs()).isEqualTo(5);
            assertThat(incident.lanes()).contains(LANE).hasSize(3);
            assertThat(incident.why())
                    .isEqualTo("3 lanes failed on node node07 of workloads within 6 h, and fewer on every other node");
        });
        assertThat(sent()).hasSize(1);
        assertThat(database.outcomes().entry("run 5").reason()).isEqualTo("node");

        green("pull-kubevirt-unit-test", 6, "node08", "workloads");
        green("pull-kubevirt-unit-test", 7, "node07", "others");
        nodes.tick();
        assertThat(open())
                .as("another node, and a node of that name in another cluster")
                .hasSize(1);
        green("pull-kubevirt-unit-test", 8, "node07", "workloads");
        nodes.tick();
        assertThat(open()).isEmpty();
        nodes.tick();
        assertThat(open()).as("what failed before is over").isEmpty();
    }

    @Test
    void aFailingNodeNamesNoPrivateRun() {
        redInPrivate(8765);
        red("pull-kubevirt-e2e-k8s-1.36-sig-compute", 2, ArtifactTree.EVICTED);
        red(LANE, 3, ArtifactTree.EVICTED);
        pass(HOLD);

        assertThat(open()).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.NODE);
            assertThat(incident.why()).startsWith("3 lanes failed on node node07 of workloads");
            assertThat(incident.lanes()).containsExactly("pull-kubevirt-e2e-k8s-1.36-sig-compute", LANE);
            assertThat(incident.pulls()).containsExactly(2, 3);
            assertThat(incident.latest()).isNotNull();
        });
        assertThat(sent()).hasSize(1);

        red(LANE, 4, ArtifactTree.EVICTED);
        redInPrivate(8766);
        red("pull-shared-name", 5, ArtifactTree.EVICTED);
        nodes.tick();
        assertThat(open()).singleElement().satisfies(incident -> {
            assertThat(incident.why()).startsWith("4 lanes failed");
            assertThat(incident.lanes())
                    .as("another job of the name is hidden")
                    .containsExactly("pull-kubevirt-e2e-k8s-1.36-sig-compute", LANE);
            assertThat(incident.runs())
                    .as("the new run of a known lane, without the private one")
                    .isEqualTo(3);
        });
        assertThat(database.outcomes().query("SELECT visibility FROM incident"))
                .containsExactly(Map.of("visibility", "public"));

        pass(Duration.ofMinutes(1));
        ranOn(PRIVATE_DIRECTORY.formatted(8767), "node07");
        artifacts.add(
                PRIVATE_DIRECTORY.formatted(8767) + "/prowjob.json",
                "{\"spec\":{\"cluster\":\"workloads\"}}".getBytes(StandardCharsets.UTF_8));
        receivePrivate(StatusPayload.success(), 8767);
        read();
        nodes.tick();
        assertThat(open()).isEmpty();
        assertThat(database.outcomes().query("SELECT document FROM incident").toString())
                .contains("a run has passed on it at")
                .doesNotContain("canary", "876");
        assertThat(database.outcomes()
                        .query("SELECT document FROM message UNION ALL SELECT text FROM incident_event")
                        .toString())
                .contains("node07")
                .doesNotContain("canary", "876");
    }

    @Test
    void aRecoveredNodeIsNotReported() {
        red("pull-kubevirt-e2e-k8s-1.35-sig-network", 1, ArtifactTree.EVICTED);
        red("pull-kubevirt-e2e-k8s-1.36-sig-compute", 2, ArtifactTree.EVICTED);
        red(LANE, 3, ArtifactTree.EVICTED);
        assertThat(open()).hasSize(1);

        pass(Duration.ofMinutes(179));
        nodes.tick();
        assertThat(open()).hasSize(1);
        pass(Duration.ofMinutes(2));
        nodes.tick();
        assertThat(open()).isEmpty();
    }

    @Test
    void failuresOnSeveralNodesAreNoNodeFailure() {
        String[] lanes = {LANE, "pull-kubevirt-e2e-k8s-1.35-sig-network", "pull-kubevirt-e2e-k8s-1.36-sig-compute"};
        for (int pull = 1; pull <= 3; pull++) {
            red(lanes[pull - 1], pull, ArtifactTree.EVICTED, "node0" + pull);
        }
        for (int pull = 4; pull <= 6; pull++) {
            red(lanes[pull - 4], pull, ArtifactTree.EVICTED, "node07");
        }

        assertThat(open()).isEmpty();
    }

    private void red(String job, int pull, ArtifactTree nature) {
        arrives(job, pull, nature);
        read();
    }

    /** Its artifacts have not been looked at. */
    private void arrives(String job, int pull, ArtifactTree nature) {
        happens(StatusPayload.failure(), job, pull, () -> artifacts.add(directory(job, pull), nature.tree()));
    }

    private void read() {
        fetcher.claim(4).forEach(wanted -> {
            fetcher.fetch(wanted);
            pass(Duration.ofSeconds(1));
        });
    }

    private void red(String job, int pull, ArtifactTree nature, String node) {
        happens(StatusPayload.failure(), job, pull, () -> {
            artifacts.add(directory(job, pull), nature.tree());
            ranOn(directory(job, pull), node);
        });
        read();
    }

    private void green(String job, int pull, String node, String cluster) {
        pass(Duration.ofMinutes(1));
        happens(StatusPayload.success(), job, pull, () -> {
            ranOn(directory(job, pull), node);
            artifacts.add(
                    directory(job, pull) + "/prowjob.json",
                    ("{\"spec\":{\"cluster\":\"" + cluster + "\"}}").getBytes(StandardCharsets.UTF_8));
        });
        read();
    }

    private void happens(StatusPayload status, String job, int pull, Runnable leaves) {
        leaves.run();
        receive(status, job, pull);
    }

    private void receive(StatusPayload status, String job, int pull) {
        byte[] body = status.job(job)
                .build(pull)
                .pull(pull)
                .sha("%040d".formatted(pull))
                .ended(clock.instant())
                .bytes();
        database.store().inTransaction(transaction -> transaction
                .deliveries()
                .insert(new JournalEntry("run " + pull, "status", clock.instant(), body, 0)));
        deliveries.processAll();
    }

    private void redInPrivate(int pull) {
        artifacts.add(PRIVATE_DIRECTORY.formatted(pull), ArtifactTree.EVICTED.tree());
        receivePrivate(StatusPayload.failure(), pull);
        read();
    }

    /** Of a repository that the settings take for public. */
    private void receivePrivate(StatusPayload status, int pull) {
        status.repository("kubevirt/canary-repo");
        ((ObjectNode) status.event().get("repository")).put("private", true);
        receive(status, "pull-canary-job", pull);
    }

    private void ranOn(String directory, String node) {
        artifacts.add(
                directory + "/podinfo.json",
                ("{\"pod\":{\"spec\":{\"nodeName\":\"" + node
                                + "\"},\"status\":{\"phase\":\"Failed\",\"reason\":\"Evicted\",\"message\":\"low\"}}}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String directory(String job, int pull) {
        return "pr-logs/pull/kubevirt_kubevirt/" + pull + "/" + job + "/" + pull;
    }

    private void pass(Duration time) {
        clock.set(clock.instant().plus(time));
        service.tick();
    }

    private List<IncidentView> open() {
        return database.store().read(transaction -> transaction.incidents().open());
    }

    private List<Object> sent() {
        return database.outcomes().query("SELECT id FROM message").stream()
                .map(row -> row.get("id"))
                .toList();
    }
}
