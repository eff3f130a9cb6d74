// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.StoredOutcomes.Entry;
import io.kubevirt.cinotify.fixture.VirtualClock;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.store.JournalEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only Prow's word counts: a status of anybody else neither opens nor closes an incident. */
class StatusTrustTest {
    private static final String JOB = "post-kubevirt-push";
    private static final String FINISHED = "{\"result\":\"%s\",\"passed\":%s,\"timestamp\":1}";

    @TempDir
    private Path folder;

    private final FakeArtifactStore artifacts = new FakeArtifactStore(StatusPayload.BUCKET);
    private final VirtualClock clock = new VirtualClock();
    private EmbeddedStore database;
    private IncidentService service;
    private DeliveryProcessor deliveries;
    private ArtifactLocator locator;
    private ArtifactFetcher fetcher;

    @BeforeEach
    void begin() {
        clock.set(NOON);
        database = EmbeddedStore.in(folder.resolve("data"));
    }

    /** The preset, with the list of logins or without it; postsubmits open an incident at the first failure. */
    private void configure(boolean withLogins, boolean withEvidence) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        for (String name : List.of("ci-operations-group.md", "sigs.yaml", "OWNERS_ALIASES")) {
            Files.copy(Path.of("config", name), config.resolve(name));
        }
        String yaml = Files.readString(Path.of("config/ci-notify.yaml"));
        yaml = withLogins ? yaml : yaml.replaceFirst("(?m)^  logins: .*\n", "");
        yaml = yaml.replaceFirst("(?ms)^(  hold:.*?time:) 10m", "$1 0s");
        yaml = withEvidence ? yaml : yaml.replaceFirst("(?ms)^evidence:\n.*?^(?=[a-z])", "");
        Files.writeString(config.resolve("ci-notify.yaml"), yaml);
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(config, null), () -> NOON);
        service = new IncidentService(
                database.store(),
                settings,
                new Channels(List.of(new ConsoleChannel(new ByteArrayOutputStream()))),
                clock);
        deliveries = new DeliveryProcessor(database.store(), settings, service, clock);
        locator = new ArtifactLocator(
                settings.get(), new ObjectStoreEndpoint(artifacts.address()), Duration.ofMinutes(1), clock);
        fetcher = new ArtifactFetcher(database.store(), settings, locator, DiagnosisListener.of(service), clock);
    }

    @AfterEach
    void close() {
        locator.close();
        artifacts.close();
    }

    @Test
    void aStatusOfSomebodyElseNeitherOpensNorClosesAnIncident() throws Exception {
        configure(true, true);
        receive("forged failure", StatusPayload.failure().sender("mallory"), 1);
        assertThat(open()).isEmpty();

        receive("real failure", StatusPayload.failure(), 2);
        assertThat(open()).hasSize(1);
        receive("forged success", StatusPayload.success().sender("mallory"), 3);
        receive("same name", StatusPayload.success().sender("kubevirt-prow"), 4);
        assertThat(open()).hasSize(1);
        receive("any case", StatusPayload.success().sender("KubeVirt-Prow[bot]"), 5);
        assertThat(open()).isEmpty();

        for (String forged : List.of("forged failure", "forged success", "same name")) {
            assertThat(entry(forged).reason()).isEqualTo("untrusted-sender");
        }
        assertThat(entry("forged failure").trace()).contains("@mallory set the status, who is not in prow.logins");
    }

    @Test
    void theDecisionOnARunIsThatOnTheStatusOfProw() throws Exception {
        configure(true, true);
        receive("forged", StatusPayload.success().sender("mallory"), 1);
        assertThat(decision(1)).isEqualTo("suppressed untrusted-sender");
        receive("real", StatusPayload.failure(), 1);
        assertThat(decision(1)).isEqualTo("notified");
    }

    @Test
    void withoutAListAStatusCountsOnceFinishedJsonHasTheSameResult() throws Exception {
        configure(false, true);
        receive("pending", StatusPayload.of("pending", "Job triggered."), 1);
        assertThat(entry("pending").reason()).isEqualTo("unconfirmed");
        receive("failure", StatusPayload.failure(), 1);
        assertThat(entry("failure").outcome()).isEqualTo("held");
        read();
        assertThat(open()).isEmpty();

        finished(1, "FAILURE", false);
        pass(Duration.ofSeconds(30));
        read();
        assertThat(open()).hasSize(1);

        finished(2, "FAILURE", false);
        receive("forged success", StatusPayload.success(), 2);
        read();
        receive("success of no build", StatusPayload.success(), 3);
        read();
        pass(Duration.ofHours(1));
        read();
        assertThat(open()).hasSize(1);
        for (String forged : List.of("forged success", "success of no build")) {
            assertThat(entry(forged).outcome()).isEqualTo("suppressed");
            assertThat(entry(forged).reason()).isEqualTo("unconfirmed");
        }
        assertThat(decision(3)).isEqualTo("suppressed unconfirmed");
    }

    @Test
    void aStatusOfNoBuildIsLookedUpLessAndLessOften() throws Exception {
        configure(false, true);
        receive("of no build", StatusPayload.success(), 1);
        List<Long> lookedUpAt = new ArrayList<>();
        while (entry("of no build").outcome().equals("held")) {
            fetcher.claim(9).forEach(request -> {
                lookedUpAt.add(
                        Duration.between(request.endedAt(), clock.instant()).toSeconds());
                fetcher.fetch(request);
            });
            pass(Duration.ofSeconds(5));
        }

        assertThat(entry("of no build").reason()).isEqualTo("unconfirmed");
        assertThat(lookedUpAt).containsExactly(0L, 15L, 45L, 90L, 150L, 180L);
    }

    @Test
    void aProwJobCountsItselfAndEndsTheWait() throws Exception {
        configure(false, false);
        receive("first", StatusPayload.failure(), 1);
        deliver("prowjob", ProwJobSummary.EVENT, prowJob(1));
        assertThat(open()).hasSize(1);
        read();
        assertThat(entry("first").reason()).isEqualTo("duplicate");

        receive("forged", StatusPayload.success(), 1);
        read();
        receive("of no build", StatusPayload.success(), 2);
        pass(Duration.ofHours(1));
        read();
        assertThat(open()).hasSize(1);
        assertThat(entry("forged").reason()).isEqualTo("duplicate");
        assertThat(entry("of no build").reason()).isEqualTo("unconfirmed");
    }

    @Test
    void anOverrideOfSomebodyElseDoesNotCount() throws Exception {
        configure(true, true);
        receive("forged", StatusPayload.of("success", "Overridden by mallory").sender("mallory"), 1);
        receive("real", StatusPayload.of("success", "Overridden by ada"), 1);
        assertThat(entry("forged").reason()).isEqualTo("untrusted-sender");
        assertThat(entry("real").reason()).isEqualTo("overridden");
    }

    private void receive(String id, StatusPayload status, int build) {
        pass(Duration.ofSeconds(1));
        deliver(
                id,
                "status",
                status.postsubmit(JOB).build(build).ended(clock.instant()).bytes());
    }

    private void deliver(String id, String event, byte[] body) {
        database.store()
                .inTransaction(transaction ->
                        transaction.deliveries().insert(new JournalEntry(id, event, clock.instant(), body, 0)));
        deliveries.processAll();
        service.tick();
    }

    private byte[] prowJob(int build) {
        return """
            {"source":"prowjobs","metadata":{"name":"pj-%1$d"},
             "spec":{"type":"postsubmit","job":"%2$s","refs":{"org":"kubevirt","repo":"kubevirt"}},
             "status":{"state":"failure","description":"Job failed.","build_id":"%1$d","startTime":"%3$s",
              "completionTime":"%3$s","url":"https://%4$s/view/gs/%5$s/logs/%2$s/%1$d"}}
            """.formatted(build, JOB, clock.instant(), StatusPayload.HOST, StatusPayload.BUCKET)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void finished(int build, String result, boolean passed) {
        artifacts.add(
                "logs/" + JOB + "/" + build + "/finished.json",
                FINISHED.formatted(result, passed).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what is due, and processes what was released. */
    private void read() {
        fetcher.claim(9).forEach(fetcher::fetch);
        deliveries.processAll();
        service.tick();
    }

    private void pass(Duration time) {
        clock.set(clock.instant().plus(time));
    }

    private Entry entry(String id) {
        return database.outcomes().entry(id);
    }

    private String decision(int build) {
        return database.outcomes().query("SELECT run FROM delivery WHERE run LIKE '%" + build + "' LIMIT 1").stream()
                .map(row -> row.get("run").toString())
                .map(run -> database.store()
                        .read(transaction -> transaction.deliveries().decisionOn(run))
                        .orElseThrow())
                .map(decided -> decided.outcome() + (decided.reason() == null ? "" : " " + decided.reason()))
                .findFirst()
                .orElseThrow();
    }

    private List<IncidentView> open() {
        return database.store().read(transaction -> transaction.incidents().open());
    }
}
