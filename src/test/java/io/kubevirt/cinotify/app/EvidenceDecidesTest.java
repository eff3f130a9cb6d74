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
package io.kubevirt.cinotify.app;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.evidence.StoreAddress;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.VirtualClock;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.console.ConsoleChannel;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.StoredDelivery;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the artifacts say decides whether somebody is called, through everything that serves. */
class EvidenceDecidesTest {

    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-storage";

    @TempDir
    private Path folder;

    private final FakeArtifactStore artifacts = new FakeArtifactStore(StatusPayload.BUCKET);
    private final VirtualClock clock = new VirtualClock();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private EmbeddedStore database;
    private ArtifactPlaces places;
    private IncidentDesk desk;
    private HandleDeliveries deliveries;
    private FetchEvidence evidence;
    private WatchNodes nodes;

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
        LiveSettings settings = new LiveSettings(new SettingsLoader(config, null), () -> NOON);
        database = EmbeddedStore.in(folder.resolve("data"));
        desk = new IncidentDesk(database.store(), settings, new Channels(List.of(new ConsoleChannel(console))), clock);
        deliveries = new HandleDeliveries(database.store(), settings, desk, clock);
        places =
                new ArtifactPlaces(settings.get(), new StoreAddress(artifacts.address()), Duration.ofSeconds(5), clock);
        evidence = new FetchEvidence(database.store(), settings, places, new Beans().learning(desk), clock);
        nodes = new WatchNodes(desk, database.store());
    }

    @AfterEach
    void close() {
        places.close();
        artifacts.close();
    }

    @Test
    void aMutedKnownIssueCallsNobodyUntilItsEnd() {
        for (int pull = 1; pull <= 3; pull++) {
            red(LANE, pull, ArtifactTree.CACHE);
        }
        pass(HOLD);

        assertThat(said()).isEmpty();
        assertThat(database.outcomes().entry("run 3").reason()).isEqualTo("known-issue");
        assertThat(open()).singleElement().satisfies(incident -> {
            assertThat(incident.diagnosis().known()).isNotNull();
            assertThat(incident.diagnosis().known().title()).isEqualTo("lost blobs");
            assertThat(incident.diagnosis().known().mute()).isTrue();
        });

        clock.set(Instant.parse("2026-07-16T00:00:00Z"));
        desk.tick();
        assertThat(said()).singleElement().asString().contains("opened");
    }

    @Test
    void whatIsNotKnownIsSaid() {
        for (int pull = 1; pull <= 3; pull++) {
            red(LANE, pull, ArtifactTree.TESTS);
        }
        pass(HOLD);

        assertThat(said()).hasSize(1);
    }

    @Test
    void aSickNodeIsOneIncidentUntilRunsPassOnItAgain() {
        red("pull-kubevirt-e2e-k8s-1.35-sig-network", 1, ArtifactTree.EVICTED);
        red("pull-kubevirt-e2e-k8s-1.36-sig-compute", 2, ArtifactTree.EVICTED);
        assertThat(open()).isEmpty();
        for (int pull = 3; pull <= 5; pull++) {
            arrives(LANE, pull, ArtifactTree.EVICTED);
        }
        read();
        pass(HOLD);

        assertThat(open()).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(CaseKind.NODE);
            assertThat(incident.title()).startsWith("node node07");
            assertThat(incident.diagnosis().area()).isEqualTo("bare-metal");
            assertThat(incident.runs()).isEqualTo(5);
            assertThat(incident.lanes()).contains(LANE).hasSize(3);
            assertThat(incident.why()).contains(LANE, "3 lanes");
        });
        assertThat(said()).hasSize(1);
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
    void aNodeOnWhichNothingFailsAnyMoreIsNoNews() {
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
    void whereOtherNodesFailTooNoNodeIsSick() {
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
        happens(StatusPayload.failure(), job, pull, () -> artifacts.holds(directory(job, pull), nature.tree()));
    }

    private void read() {
        evidence.claim(4).forEach(wanted -> {
            evidence.fetch(wanted);
            pass(Duration.ofSeconds(1));
        });
    }

    private void red(String job, int pull, ArtifactTree nature, String node) {
        happens(StatusPayload.failure(), job, pull, () -> {
            artifacts.holds(directory(job, pull), nature.tree());
            ranOn(directory(job, pull), node);
        });
        read();
    }

    private void green(String job, int pull, String node, String cluster) {
        pass(Duration.ofMinutes(1));
        happens(StatusPayload.success(), job, pull, () -> {
            ranOn(directory(job, pull), node);
            artifacts.holds(
                    directory(job, pull) + "/prowjob.json",
                    ("{\"spec\":{\"cluster\":\"" + cluster + "\"}}").getBytes(StandardCharsets.UTF_8));
        });
        read();
    }

    private void happens(StatusPayload status, String job, int pull, Runnable leaves) {
        leaves.run();
        byte[] body = status.job(job)
                .build(pull)
                .pull(pull)
                .sha("%040d".formatted(pull))
                .ended(clock.instant())
                .bytes();
        database.store().inTransaction(transaction -> transaction
                .deliveries()
                .insert(new StoredDelivery("run " + pull, "status", clock.instant(), body, 0)));
        deliveries.handleAll();
    }

    private void ranOn(String directory, String node) {
        artifacts.holds(
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
        desk.tick();
    }

    private List<IncidentView> open() {
        return database.store().read(transaction -> transaction.incidents().open());
    }

    private List<Object> said() {
        return database.outcomes().query("SELECT id FROM content").stream()
                .map(row -> row.get("id"))
                .toList();
    }
}
