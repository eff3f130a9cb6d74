// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.incident.IncidentTimeline;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.MessageForm;
import io.kubevirt.cinotify.store.MessageTable;
import io.kubevirt.cinotify.store.RunOutcomeTable;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store does not keep for ever. */
class HousekeepingTest {

    private static final Instant NOON = Examples.NOON;

    @TempDir
    private Path folder;

    private TestStore database;
    private ConfigAgent settings;
    private Instant now = NOON;

    @BeforeEach
    void open() throws InvalidConfigException {
        settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> now);
        database = TestStore.Kind.EMBEDDED.in(folder);
    }

    private void later(int days) {
        now = NOON.plus(Duration.ofDays(days));
        new Housekeeping(database.store(), settings, () -> now).deleteExpired();
    }

    private void bump(int number, String of, Instant opened, @Nullable Instant ended) {
        TrackedBump pull = new TrackedBump(
                Repository.of("example/infra"),
                number,
                of,
                "Bump",
                "https://example.org",
                "s" + number,
                opened,
                opened,
                null,
                Map.of(),
                ended,
                ended == null ? null : "m",
                null);
        database.store().inTransaction(transaction -> {
            transaction.bumps().save(pull);
            return true;
        });
    }

    private List<Object> bumps() {
        return database.outcomes().query("SELECT number FROM bump ORDER BY number").stream()
                .map(row -> (Object) ((Number) row.get("number")).intValue())
                .toList();
    }

    @Test
    void bumpsAreDeletedAQuarterAfterTheirEndExceptTheNewestOfEachClass() {
        bump(1, "prow-bump", NOON.minus(Duration.ofDays(3)), NOON);
        bump(2, "prow-bump", NOON.minus(Duration.ofDays(2)), NOON);
        bump(3, "prow-bump", NOON.minus(Duration.ofDays(4)), null);
        bump(4, "image-bump", NOON.minus(Duration.ofDays(9)), NOON);

        later(92);
        assertThat(bumps()).containsExactly(1, 2, 3, 4);

        later(93);
        assertThat(bumps())
                .as("the newest of each class, by which its silence is seen, and what is open")
                .containsExactly(2, 3, 4);
    }

    @Test
    void thousandsOfDeliveriesAreDeletedInOnePass() {
        for (int number = 1; number <= 1_101; number++) {
            bump(number, "prow-bump", NOON.plusSeconds(number), NOON.plusSeconds(5_000));
        }

        later(100);

        assertThat(bumps()).containsExactly(1_101);
    }

    @Test
    void onlyDigestsAreDeletedAMonthAfterTheyWereSent() {
        digest("digest-taskforce-2026-07-13-slack-ci");
        digest("digest-taskforce-2026-07-20-slack-ci");
        digest("answer-1");
        settle("digest-taskforce-2026-07-13-slack-ci");
        settle("answer-1");

        later(29);
        assertThat(contents()).hasSize(3);

        later(31);
        assertThat(contents())
                .as("one has not been sent yet")
                .containsExactly("answer-1", "digest-taskforce-2026-07-20-slack-ci");
        assertThat(database.outcomes().query("SELECT message_id FROM outbox")).hasSize(2);

        settle("digest-taskforce-2026-07-20-slack-ci");
        later(32);
        assertThat(contents()).containsExactly("answer-1");
    }

    @Test
    void anOpenIncidentKeepsItsRunsAndItsTimeline() {
        IncidentView open = Examples.incident("open", NOON);
        IncidentView closed = Examples.resolved(Examples.incident("closed", NOON), NOON);
        database.store().inTransaction(transaction -> {
            for (IncidentView incident : List.of(open, closed)) {
                transaction.incidents().save(incident, null, NOON);
                transaction
                        .incidentEvents()
                        .add(List.of(new IncidentTimeline.Entry(
                                incident.id(), NOON, IncidentTimeline.Kind.OPENED, null, null, "")));
                JobRun run = Examples.run(JobState.FAILURE, incident.id());
                transaction
                        .runOutcomes(NOON)
                        .add(
                                run,
                                Examples.diagnosis(),
                                new RunOutcomeTable.Outcome("d", "suppressed", "flake", null, List.of()));
                transaction.runOutcomes(NOON).join(Map.of(ObservedRun.idOf(run), incident.id()));
            }
            return true;
        });

        later(31);
        assertThat(ids("SELECT build_id AS id FROM run_outcome")).containsExactly("open");
        later(399);
        assertThat(ids("SELECT id FROM incident")).containsExactlyInAnyOrder("open", "closed");

        later(401);
        assertThat(ids("SELECT id FROM incident")).containsExactly("open");
        assertThat(ids("SELECT incident AS id FROM incident_event")).containsExactly("open");
        assertThat(ids("SELECT build_id AS id FROM run_outcome")).containsExactly("open");
    }

    private List<Object> ids(String sql) {
        return database.outcomes().query(sql).stream().map(row -> row.get("id")).toList();
    }

    private void digest(String id) {
        database.store().inTransaction(transaction -> transaction
                .messages()
                .add(
                        new OutgoingMessage.TextMessage(id, id, "slack", "ci", "title", "text"),
                        List.of(new MessageTable.Entry("slack", "ci", MessageForm.SEND, NOON)),
                        NOON));
    }

    private void settle(String id) {
        ((EmbeddedStore) database).execute("UPDATE outbox SET state = 'sent' WHERE message_id = '" + id + "'");
    }

    private List<Object> contents() {
        return database.outcomes().query("SELECT id FROM message ORDER BY id").stream()
                .map(row -> row.get("id"))
                .toList();
    }
}
