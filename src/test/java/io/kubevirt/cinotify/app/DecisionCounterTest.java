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

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.policy.Command;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.console.ConsoleChannel;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.IncidentTable.Open;
import io.kubevirt.cinotify.store.StoredDelivery;
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

/** What is decided is counted, once it is kept. */
class DecisionCounterTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private EmbeddedStore database;
    private IncidentDesk desk;
    private HandleDeliveries deliveries;
    private Instant now = NOON;

    @BeforeEach
    void openThreeRunsOfOneLane() throws InvalidDocument {
        Metrics.globalRegistry.add(meters);
        database = EmbeddedStore.impatientIn(folder);
        LiveSettings settings = new LiveSettings(new SettingsLoader(Path.of("config"), null), () -> now);
        Channels channels = new Channels(List.of(new ConsoleChannel(new ByteArrayOutputStream())));
        desk = new IncidentDesk(database.store(), settings, channels, () -> now);
        deliveries = new HandleDeliveries(database.store(), settings, desk, () -> now);
        for (int pull = 1; pull <= 3; pull++) {
            byte[] body =
                    StatusPayload.failure().build(pull).pull(pull).ended(NOON).bytes();
            StoredDelivery delivery = new StoredDelivery("run " + pull, "status", NOON, body, 0);
            database.store()
                    .inTransaction(transaction -> transaction.deliveries().insert(delivery));
        }
        deliveries.handleAll();
        while (open().isEmpty()) {
            passTime();
        }
    }

    @AfterEach
    void forgetMeters() {
        Metrics.globalRegistry.remove(meters);
        Metrics.globalRegistry.clear();
    }

    @Test
    void redRunsAreCountedByCauseAndArea() {
        assertThat(meters.get("ci_notify.diagnoses")
                        .tags("cause", "test", "area", "sig-support", "basis", "run")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void whatIsOpenIsCountedByAreaAndSig() {
        assertThat(counted()).containsExactly(new Open("sig-support", "compute", 1));

        String incident = open().getFirst().id();
        tell(new Command.Resolve(incident, "dhiller"));

        assertThat(counted()).isEmpty();
    }

    @Test
    void takingAnIncidentOnIsTimedOnceFromItsOpening() {
        IncidentView incident = open().getFirst();
        now = incident.openedAt().plus(Duration.ofMinutes(20));
        tell(new Command.Acknowledge(incident.id(), "dhiller"));
        now = now.plus(Duration.ofMinutes(20));
        tell(new Command.Acknowledge(incident.id(), "dhiller"));

        Timer time = meters.get("ci_notify.incident.acknowledgement").timer();
        assertThat(time.count()).isEqualTo(1);
        assertThat(time.totalTime(TimeUnit.MINUTES)).isEqualTo(20);
    }

    @Test
    void theEndOfAnIncidentIsTimedOnceFromItsOpening() {
        IncidentView incident = open().getFirst();
        now = incident.openedAt().plus(Duration.ofMinutes(90));
        tell(new Command.Resolve(incident.id(), "dhiller"));
        desk.tick();

        Timer time = meters.get("ci_notify.incident.resolution").timer();
        assertThat(time.count()).isEqualTo(1);
        assertThat(time.totalTime(TimeUnit.MINUTES)).isEqualTo(90);
    }

    @Test
    void aDecisionThatIsNotKeptIsNotCounted() {
        IncidentView incident = open().getFirst();
        try {
            desk.decide(sitting -> {
                sitting.command(new Command.Resolve(incident.id(), "dhiller"));
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
    void theNextLevelIsToldAndCountedIfNobodyAnswers() {
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

    private List<Open> counted() {
        return database.store().read(transaction -> transaction.incidents().countOpen());
    }

    private void tell(Command command) {
        assertThat(desk.<Boolean>decide(sitting -> sitting.command(command).isEmpty()))
                .isTrue();
    }

    private void passTime() {
        Instant wake = desk.nextWake();
        assertThat(wake).isBefore(Instant.MAX);
        now = wake.isAfter(now) ? wake : now.plusSeconds(1);
        desk.tick();
    }
}
