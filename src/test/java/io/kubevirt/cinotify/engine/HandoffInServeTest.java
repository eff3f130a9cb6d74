// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A blocking incident over a weekend, decided by whichever replica has its turn, with restarts: one note, out of the store. */
class HandoffInServeTest {

    private static final Instant FRIDAY = Instant.parse("2026-07-17T09:00:00Z");
    private static final Instant SUNDAY_MORNING = Instant.parse("2026-07-19T06:00:00Z");
    private static final Instant MONDAY_NOON = Instant.parse("2026-07-20T12:00:00Z");

    @TempDir
    private Path folder;

    private TestStore database;
    private ConfigAgent settings;
    private Instant now = FRIDAY;

    private IncidentService replica() {
        return new IncidentService(
                database.store(), settings, new Channels(List.of(FakeChannel.withThreads("console"))), () -> now);
    }

    private IncidentView incident() {
        return database.store()
                .read(transaction -> transaction.incidents().open())
                .getFirst();
    }

    @Test
    void anAcknowledgedDeferredNotificationIsWithdrawnForThatReason() throws Exception {
        now = SUNDAY_MORNING.minus(Duration.ofHours(12));
        database = TestStore.Kind.EMBEDDED.in(folder);
        settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> now);
        Diagnosis diagnosis = new Diagnosis(
                Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, "sig-support", Confidence.HIGH, "missing", List.of("it is"));
        ReportedProblem missing = new ReportedProblem(
                IncidentKind.MISSING_RUN, "missing", "nightly", diagnosis, false, "it is late", List.of(), null);
        replica().decide(unitOfWork -> {
            unitOfWork.process(List.of(new IncidentEvent.ProblemRaised(now, missing)));
            return true;
        });

        replica()
                .decide(unitOfWork -> unitOfWork.perform(
                        new IncidentAction.Acknowledge(incident().id(), "dhiller")));

        String id = incident().id() + "-1-opened";
        assertThat(database.outcomes().query("SELECT state FROM message WHERE id = '" + id + "'"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("state", "withdrawn"));
        OutgoingMessage message =
                database.store().read(transaction -> transaction.messages().get(id));
        assertThat(((OutgoingMessage.IncidentMessage) message).why())
                .contains(OutgoingMessage.WITHDRAWN + "dhiller acknowledged it");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aHandoffIsOneNotificationWhicheverReplicaDecides(long seed) throws Exception {
        Random random = new Random(seed);
        database = TestStore.Kind.EMBEDDED.in(folder);
        settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> now);
        Diagnosis diagnosis = new Diagnosis(
                Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, "sig-support", Confidence.HIGH, "stalled", List.of("it is"));
        ReportedProblem stalled = new ReportedProblem(
                IncidentKind.STALLED_CLUSTER,
                "stalled",
                "cluster east",
                diagnosis,
                true,
                "nothing starts",
                List.of(),
                null);
        replica().decide(unitOfWork -> {
            unitOfWork.process(List.of(new IncidentEvent.ProblemRaised(now, stalled)));
            return true;
        });
        assertThat(incident().responsible()).isEqualTo("dhiller");
        replica()
                .decide(unitOfWork -> unitOfWork.perform(
                        new IncidentAction.Acknowledge(incident().id(), "dhiller")));

        IncidentService[] replicas = {replica(), replica(), replica()};
        while (now.isBefore(MONDAY_NOON)) {
            now = now.plus(Duration.ofMinutes(10));
            for (int look = 0; look < 3; look++) {
                int one = random.nextInt(3);
                replicas[one] = random.nextInt(3) == 0 ? replica() : replicas[one];
                replicas[one].tick();
            }
        }

        assertThat(database.outcomes().query("SELECT kind, handle, due_at FROM message WHERE kind = 'handoff'"))
                .as("seed %d", seed)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row).containsEntry("handle", "enp0s3");
                    assertThat(((Number) row.get("due_at")).longValue()).isEqualTo(SUNDAY_MORNING.toEpochMilli());
                });
        assertThat(incident().responsible()).isEqualTo("enp0s3");
        assertThat(incident().acknowledgedBy()).isEqualTo("dhiller");
    }
}
