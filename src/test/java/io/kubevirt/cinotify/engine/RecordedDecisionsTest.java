// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentTimeline;
import io.kubevirt.cinotify.incident.IncidentTimeline.Kind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.RunOutcomeTable;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What became of each failed run, and what happened to each incident, is in the store with the decision. */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class RecordedDecisionsTest {

    private static final String JOB = "pull-kubevirt-e2e-k8s-1.36-sig-network";
    private static final String LANE = "kubevirt/kubevirt " + JOB;

    private static ConfigAgent settings;

    @Parameter
    private TestStore.Kind kind;

    @TempDir
    private Path folder;

    private TestStore database;
    private IncidentService service;
    private DeliveryProcessor deliveries;
    private Instant now = NOON;

    @BeforeAll
    static void load() throws InvalidConfigException {
        settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> NOON);
    }

    @BeforeEach
    void open() {
        database = kind.in(folder);
        Channels channels = new Channels(List.of(new ConsoleChannel(new ByteArrayOutputStream())));
        service = new IncidentService(database.store(), settings, channels, () -> now);
        deliveries = new DeliveryProcessor(database.store(), settings, service, () -> now);
    }

    @Test
    void eachFailedRunHasItsOutcomeAndItsIncident() {
        failures(1, 2);
        assertThat(outcome(1)).returns("suppressed", row -> row.outcome().outcome());
        assertThat(outcome(1).outcome().reason()).isEqualTo("below-threshold");
        assertThat(outcome(1).incident()).isNull();

        failures(3, 3);
        assertThat(outcome(3)).returns("held", row -> row.outcome().outcome());

        later(Duration.ofMinutes(11));
        failures(4, 4);

        String incident = incident().id();
        assertThat(outcome(3)).satisfies(row -> {
            assertThat(row.outcome().outcome()).isEqualTo("notified");
            assertThat(row.outcome().messageId()).startsWith(incident + "-");
            assertThat(row.outcome().delivery()).isEqualTo("failure of 3");
            assertThat(row.endedAt()).isEqualTo(NOON);
        });
        assertThat(outcome(4).outcome().reason()).isEqualTo("joined-open-incident");
        List<RunOutcomeTable.Row> runs = database.store()
                .read(transaction -> transaction.runOutcomes(now).ofIncident(incident, 10));
        assertThat(runs)
                .as("those below the threshold are counted when it opens")
                .extracting(RunOutcomeTable.Row::build)
                .containsExactlyInAnyOrder("1", "2", "3", "4");
        assertThat(database.outcomes().query("SELECT DISTINCT cause, sig FROM run_outcome"))
                .containsExactly(Map.of("cause", "test", "sig", "network"));
    }

    @Test
    void theTimelineHasWhoAndWhy() {
        failures(1, 3);
        later(Duration.ofMinutes(11));
        IncidentView opened = incident();
        perform(new IncidentAction.Acknowledge(opened.id(), "alice"));
        perform(new IncidentAction.Acknowledge(opened.id(), "bob"));
        perform(new IncidentAction.Snooze(opened.id(), "bob", now.plus(Duration.ofHours(1))));
        perform(new IncidentAction.Reassign(opened.id(), "bob", opened.responsible(), null));
        perform(new IncidentAction.Acknowledge("unknown", "mallory"));
        perform(new IncidentAction.Resolve(opened.id(), "bob"));
        perform(new IncidentAction.Acknowledge(opened.id(), "mallory"));

        assertThat(timeline(opened.id()))
                .extracting(IncidentTimeline.Entry::kind, IncidentTimeline.Entry::person)
                .containsExactly(
                        tuple(Kind.OPENED, null),
                        tuple(Kind.NOTIFIED, opened.responsible()),
                        tuple(Kind.ACKNOWLEDGED, "alice"),
                        tuple(Kind.ACKNOWLEDGED, "bob"),
                        tuple(Kind.SNOOZED, "bob"),
                        tuple(Kind.REASSIGNED, "bob"),
                        tuple(Kind.NOTIFIED, opened.responsible()),
                        tuple(Kind.RESOLVED, "bob"));
        assertThat(timeline(opened.id()).getLast().text()).isEqualTo("resolved by bob");
        assertThat(timeline(opened.id()).get(1).messageId()).startsWith(opened.id());
    }

    @Test
    void aNotificationThatWaitsForTheMorningIsDeferredFirst() {
        now = Instant.parse("2026-07-18T12:00:00Z");
        failures(1, 3);
        later(Duration.ofMinutes(11));
        IncidentView waiting = incident();
        assertThat(waiting.waitingUntil()).isNotNull();
        now = waiting.waitingUntil().plusSeconds(60);
        service.tick();

        assertThat(timeline(waiting.id()))
                .extracting(IncidentTimeline.Entry::kind, IncidentTimeline.Entry::at)
                .startsWith(
                        tuple(Kind.OPENED, Instant.parse("2026-07-18T12:11:00Z")),
                        tuple(Kind.DEFERRED, Instant.parse("2026-07-18T12:11:00Z")),
                        tuple(Kind.NOTIFIED, waiting.waitingUntil()));
        assertThat(incident().notifiedAt()).isEqualTo(waiting.waitingUntil());
    }

    @Test
    void aRunWhoseMessageIsWithdrawnIsSuppressed() {
        now = Instant.parse("2026-07-18T12:00:00Z");
        failures(1, 3);
        later(Duration.ofMinutes(11));
        String incident = incident().id();
        perform(new IncidentAction.Resolve(incident, "bob"));

        assertThat(database.outcomes()
                        .query("SELECT outcome, reason, message_id FROM run_outcome WHERE build_id = '3'"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row).containsEntry("outcome", "suppressed").containsEntry("reason", "healed");
                    assertThat(row.get("message_id")).isNull();
                });
    }

    @Test
    void aRunIsWhatTheSettingsAndItsWebhookShow() throws IOException {
        receive("configured", "kubevirt/kubevirt", null);
        receive("shown", "example/shown", false);
        receive("secret", "example/secret", true);
        receive("other", "example/other", null);

        assertThat(visibilities("SELECT lane AS name, visibility FROM run"))
                .isEqualTo(Map.of(
                        "kubevirt/kubevirt configured", "public",
                        "example/shown shown", "public",
                        "example/secret secret", "private",
                        "example/other other", "public"));
    }

    @Test
    void anIncidentAndItsMessagesFollowItsRuns() {
        failures(1, 3);
        later(Duration.ofMinutes(11));
        assertThat(visibilities("SELECT 'incident' AS name, visibility FROM incident"))
                .containsValue("public");
        assertThat(visibilities("SELECT kind AS name, visibility FROM message")).containsEntry("opened", "public");

        String hidden = """
            {"metadata": {"name": "hidden"}, "spec": {"type": "presubmit", "job": "%s", "hidden": true,
              "refs": {"org": "kubevirt", "repo": "kubevirt", "pulls": [{"number": 9}]}}, "status": {"state": "triggered"}}
            """.formatted(JOB);
        receive(new JournalEntry("hidden", ProwJobSummary.EVENT, now, hidden.getBytes(StandardCharsets.UTF_8), 0));
        failures(4, 4);

        assertThat(visibilities("SELECT build_id AS name, visibility FROM run"))
                .containsEntry("3", "public")
                .as("a webhook's run of a job that a ProwJob shows as hidden")
                .containsEntry("4", "private");
        assertThat(visibilities("SELECT 'incident' AS name, visibility FROM incident"))
                .containsValue("private");
        assertThat(visibilities("SELECT kind AS name, visibility FROM message")).containsEntry("opened", "private");
    }

    private Map<Object, Object> visibilities(String sql) {
        return database.outcomes().query(sql).stream()
                .collect(Collectors.toMap(row -> row.get("name"), row -> row.get("visibility")));
    }

    private void receive(String job, String repository, @Nullable Boolean isPrivate) throws IOException {
        ObjectNode event = StatusPayload.failure()
                .repository(repository)
                .job(job)
                .ended(now)
                .event();
        ((ObjectNode) event.get("repository")).put("private", isPrivate);
        receive(new JournalEntry(job, "status", now, new ObjectMapper().writeValueAsBytes(event), 0));
    }

    private void receive(JournalEntry delivery) {
        database.store().inTransaction(transaction -> transaction.deliveries().insert(delivery));
        deliveries.processAll();
    }

    private void failures(int from, int to) {
        for (int pull = from; pull <= to; pull++) {
            byte[] body = StatusPayload.failure()
                    .job(JOB)
                    .build(pull)
                    .pull(pull)
                    .ended(now)
                    .bytes();
            JournalEntry delivery = new JournalEntry("failure of " + pull, "status", now, body, 0);
            database.store()
                    .inTransaction(transaction -> transaction.deliveries().insert(delivery));
        }
        deliveries.processAll();
    }

    private void later(Duration time) {
        now = now.plus(time);
        service.tick();
    }

    private void perform(IncidentAction action) {
        now = now.plusSeconds(60);
        service.decide(unitOfWork -> unitOfWork.perform(action));
    }

    private IncidentView incident() {
        return service.decide(IncidentUnitOfWork::incidents).getFirst();
    }

    private RunOutcomeTable.Row outcome(int build) {
        return database.store()
                .read(transaction -> transaction.runOutcomes(now).find(LANE, Integer.toString(build)))
                .orElseThrow();
    }

    private List<IncidentTimeline.Entry> timeline(String incident) {
        return database.store()
                .read(transaction -> transaction.incidentEvents().newest(incident, 100))
                .reversed();
    }
}
