// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.DeliveryProcessor;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.store.IncidentTable.OpenCount;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions are counted once they are committed. */
class PipelineMetricsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private EmbeddedStore database;
    private IncidentService service;
    private DeliveryProcessor deliveries;
    private Instant now = NOON;

    @BeforeEach
    void openThreeRunsOfOneLane() throws InvalidConfigException {
        Metrics.globalRegistry.add(meters);
        database = EmbeddedStore.withShortTimeoutIn(folder);
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> now);
        Channels channels = new Channels(List.of(new ConsoleChannel(new ByteArrayOutputStream())));
        service = new IncidentService(database.store(), settings, channels, () -> now);
        deliveries = new DeliveryProcessor(database.store(), settings, service, () -> now);
        for (int pull = 1; pull <= 3; pull++) {
            byte[] body =
                    StatusPayload.failure().build(pull).pull(pull).ended(NOON).bytes();
            JournalEntry delivery = new JournalEntry("run " + pull, "status", NOON, body, 0);
            database.store()
                    .inTransaction(transaction -> transaction.deliveries().insert(delivery));
        }
        deliveries.processAll();
        while (open().isEmpty()) {
            passTime();
        }
    }

    @AfterEach
    void removeMeters() {
        Metrics.globalRegistry.remove(meters);
        Metrics.globalRegistry.clear();
    }

    @Test
    void failedRunsAreCountedByCauseAndArea() {
        assertThat(meters.get("ci_notify.diagnoses")
                        .tags("cause", "test", "area", "sig-support", "basis", "run")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void openIncidentsAreCountedByAreaAndSig() {
        assertThat(counted()).containsExactly(new OpenCount("sig-support", "compute", 1));

        String incident = open().getFirst().id();
        perform(new IncidentAction.Resolve(incident, "dhiller"));

        assertThat(counted()).isEmpty();
    }

    @Test
    void anAcknowledgementIsTimedOnceFromTheOpening() {
        IncidentView incident = open().getFirst();
        now = incident.openedAt().plus(Duration.ofMinutes(20));
        perform(new IncidentAction.Acknowledge(incident.id(), "dhiller"));
        now = now.plus(Duration.ofMinutes(20));
        perform(new IncidentAction.Acknowledge(incident.id(), "somebody-else"));

        Timer time = meters.get("ci_notify.incident.acknowledgement").timer();
        assertThat(time.count()).isEqualTo(1);
        assertThat(time.totalTime(TimeUnit.MINUTES)).isEqualTo(20);
    }

    @Test
    void aResolutionIsTimedOnceFromTheOpening() {
        IncidentView incident = open().getFirst();
        now = incident.openedAt().plus(Duration.ofMinutes(90));
        perform(new IncidentAction.Resolve(incident.id(), "dhiller"));
        service.tick();

        Timer time = meters.get("ci_notify.incident.resolution").timer();
        assertThat(time.count()).isEqualTo(1);
        assertThat(time.totalTime(TimeUnit.MINUTES)).isEqualTo(90);
    }

    @Test
    void aDecisionThatIsRolledBackIsNotCounted() {
        IncidentView incident = open().getFirst();
        try {
            service.decide(unitOfWork -> {
                unitOfWork.perform(new IncidentAction.Resolve(incident.id(), "dhiller"));
                throw new IllegalStateException("the disk is gone");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the disk is gone");
        }

        assertThat(meters.find("ci_notify.incident.resolution").timer())
                .satisfiesAnyOf(none -> assertThat(none).isNull(), time -> assertThat(time.count())
                        .isZero());
    }

    @Test
    void anEscalationIsCounted() {
        Instant end = NOON.plus(Duration.ofDays(7));
        while (now.isBefore(end) && escalations() == 0) {
            passTime();
        }

        assertThat(escalations()).isEqualTo(1);
    }

    private double escalations() {
        return meters.get("ci_notify.escalations").counter().count();
    }

    private List<IncidentView> open() {
        return database.store().read(transaction -> transaction.incidents().open());
    }

    private List<OpenCount> counted() {
        return database.store().read(transaction -> transaction.incidents().countOpen());
    }

    private void perform(IncidentAction command) {
        assertThat(service.<Boolean>decide(
                        unitOfWork -> unitOfWork.perform(command).isEmpty()))
                .isTrue();
    }

    private void passTime() {
        Instant wake = service.nextWake();
        assertThat(wake).isBefore(Instant.MAX);
        now = wake.isAfter(now) ? wake : now.plusSeconds(1);
        service.tick();
    }
}
