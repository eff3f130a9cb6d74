// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Store;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do on the board, on the service of the plugin. */
class BoardActionLogTest {
    private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");

    @TempDir
    private Path folder;

    private Store store;
    private IncidentService service;
    private Instant now = NOON;

    @BeforeEach
    void openAnIncident() throws Exception {
        store = EmbeddedStore.in(folder).store();
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> now);
        Channels channels = new Channels(List.of(new ConsoleChannel(new ByteArrayOutputStream())));
        service = new IncidentService(store, settings, channels, () -> now);
        for (int pull = 1; pull <= 3; pull++) {
            byte[] body =
                    StatusPayload.failure().build(pull).pull(pull).ended(NOON).bytes();
            JournalEntry delivery = new JournalEntry("run " + pull, "status", NOON, body, 0);
            store.inTransaction(transaction -> transaction.deliveries().insert(delivery));
        }
        new DeliveryProcessor(store, settings, service, () -> now).processAll();
        for (int tick = 0; tick < 12 && open().isEmpty(); tick++) {
            now = now.plus(Duration.ofMinutes(5));
            service.tick();
        }
        assertThat(open()).hasSize(1);
    }

    private List<IncidentView> open() {
        return store.read(transaction -> transaction.incidents().open());
    }

    private int commands() {
        return store.read(transaction -> transaction.commands().count(NOON, "dhiller", null));
    }

    @Test
    void anActionChangesTheIncidentAndIsRecorded() {
        String incident = open().getFirst().id();

        assertThat(service.perform(new IncidentAction.Acknowledge(incident, "dhiller")))
                .isEmpty();

        assertThat(open().getFirst().acknowledgedBy()).isEqualTo("dhiller");
        assertThat(commands()).isEqualTo(1);
    }

    @Test
    void aReportOfAWrongCauseIsStored() {
        IncidentView incident = open().getFirst();

        assertThat(service.add(DiagnosisFeedback.of(incident, DiagnosisFeedback.Kind.WRONG_CAUSE, "dhiller", now)))
                .isEmpty();

        List<DiagnosisFeedback> stored =
                store.read(transaction -> transaction.feedback().all());
        assertThat(stored).hasSize(1);
        assertThat(commands()).isEqualTo(1);
    }

    @Test
    void aPersonIsLimitedAsInComments() {
        String incident = open().getFirst().id();
        for (int number = 0; number < 30; number++) {
            now = now.plusSeconds(1);
            assertThat(service.perform(new IncidentAction.Snooze(incident, "dhiller", now.plus(Duration.ofHours(4)))))
                    .isEmpty();
        }

        assertThat(service.perform(new IncidentAction.Resolve(incident, "dhiller"))
                        .orElse(""))
                .isEqualTo("you gave 30 commands within an hour, and 30 is the limit");
        assertThat(open()).isNotEmpty();
    }
}
