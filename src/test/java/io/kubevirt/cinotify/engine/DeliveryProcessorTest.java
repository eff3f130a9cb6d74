// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.concurrent.WorkStatus.Failure;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.comment.CommentProcessor;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.outbox.OutboxDispatcher;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal.AppendResult;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.store.DatabaseFileGuard;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What goes wrong with one thing stays with that thing. */
class DeliveryProcessorTest {

    @TempDir
    private Path folder;

    private final Channels channels = new Channels(List.of(new ConsoleChannel(new ByteArrayOutputStream())));
    private EmbeddedStore database;
    private DeliveryProcessor deliveries;
    private IncidentService service;
    private ConfigAgent settings;
    private @Nullable Connection holder;

    @BeforeEach
    void open() throws InvalidConfigException {
        database = EmbeddedStore.withShortTimeoutIn(folder);
        settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> NOON);
        service = new IncidentService(database.store(), settings, channels, () -> NOON);
        deliveries = new DeliveryProcessor(database.store(), settings, service, () -> NOON);
    }

    @AfterEach
    void letGo() throws SQLException {
        if (holder != null) {
            holder.close();
            holder = null;
        }
    }

    @Test
    void aFailingDeliveryIsSetAsideAndTheOthersAreProcessed() throws SQLException {
        receive("before", StatusPayload.failure().build(1));
        deliveries.processAll();
        execute("UPDATE run SET document = '{'");
        receive("broken", StatusPayload.failure().build(1));
        receive("behind", StatusPayload.failure().job("pull-kubevirt-unit-test").build(3));

        deliveries.processAll();

        assertThat(database.outcomes().entry("broken")).satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo("failed");
            assertThat(entry.reason()).isEqualTo("defect");
            assertThat(entry.trace()).contains("cannot read a stored JobRun");
        });
        assertThat(database.outcomes().entry("behind").reason()).isEqualTo("below-threshold");
        database.outcomes().assertConserved(3);
    }

    @Test
    void aStatusOfATrustedHostThatCannotBeReadIsReportedOnceWithTheFix() {
        receive("one", StatusPayload.failure().at(StatusPayload.HOST, "other").build(1));
        receive("two", StatusPayload.failure().at(StatusPayload.HOST, "other").build(2));
        receive("foreign", StatusPayload.failure().at("ci.example.org", "other").build(3));
        deliveries.processAll();

        assertThat(database.outcomes().entry("foreign").reason()).isEqualTo("foreign-address");
        assertThat(database.outcomes().entry("one")).satisfies(entry -> {
            assertThat(entry.reason()).isEqualTo("untrusted-bucket");
            assertThat(entry.trace()).contains("add other to prow.buckets");
        });
        assertThat(settings.unreadableUrls().count()).isEqualTo(2);
        assertThat(settings.unreadableUrls().problems())
                .singleElement()
                .asString()
                .isEqualTo("a run at https://prow.ci.kubevirt.io: add other to prow.buckets");
    }

    @Test
    void aRestartContinuesWhereTheProgramStopped() throws InvalidConfigException {
        receive("one", StatusPayload.failure().build(1).pull(1).ended(NOON));
        receive("two", StatusPayload.failure().build(2).pull(2).ended(NOON));
        deliveries.processAll();
        open();
        receive("three", StatusPayload.failure().build(3).pull(3).ended(NOON));
        deliveries.processAll();

        assertThat(database.outcomes().entry("three").outcome()).isEqualTo("held");
    }

    @Test
    void aDeletedProwJobNoLongerWaits() {
        receive(prowJob("triggered", "1"));
        receive(prowJob("triggered", "2"));
        ProwJobSummary.deletions(List.of("1"), "prowjobs", NOON).forEach(this::receive);
        deliveries.processAll();

        assertThat(waiting())
                .as("deletions come after the states of the same instant")
                .isEqualTo(1);
        assertThat(database.outcomes().entry("prowjob/1/deleted").reason()).isEqualTo("deleted");

        receive(prowJob("failure", "1"));
        deliveries.processAll();
        assertThat(database.outcomes().entry("prowjob/1/failure").reason())
                .as("a result that arrives later still counts")
                .isEqualTo("below-threshold");
    }

    private int waiting() {
        return database.store()
                .read(transaction -> transaction.runStarts().waiting(NOON.minus(Duration.ofDays(7))))
                .size();
    }

    private static Delivery prowJob(String state, String name) {
        String json = """
            {"metadata":{"name":"%s"},
             "spec":{"type":"presubmit","job":"pull-kubevirt-unit-test","cluster":"big","refs":{"org":"kubevirt","repo":"kubevirt","pulls":[{"number":%s}]}},
             "status":{"state":"%s","description":"%s","startTime":"2026-07-15T11:00:00Z"}}
            """.formatted(name, name, state, state.equals("failure") ? "Job failed." : "");
        return new Delivery(
                "prowjob/" + name + "/" + state, ProwJobSummary.EVENT, NOON, json.getBytes(StandardCharsets.UTF_8));
    }

    private void receive(Delivery delivery) {
        database.store().inTransaction(transaction -> transaction
                .deliveries()
                .insert(new JournalEntry(delivery.id(), delivery.event(), NOON, delivery.body(), 0)));
    }

    /** Whoever tries it out posts what they recorded once. */
    @Test
    void aRedeliveredOldEventCountsFromItsArrival() {
        Instant lastYear = NOON.minus(Duration.ofDays(300));
        for (int pull = 1; pull <= 3; pull++) {
            receive(
                    "run " + pull,
                    StatusPayload.failure().build(pull).pull(pull).ended(lastYear));
        }
        deliveries.processAll();

        assertThat(database.outcomes().entry("run 3").outcome()).isEqualTo("held");
    }

    @Test
    void aReplicaRestoresItsEngineAfterAnotherReplicaDecided() throws InvalidConfigException {
        DeliveryProcessor here = deliveries;
        open();
        DeliveryProcessor there = deliveries;
        for (int pull = 1; pull <= 3; pull++) {
            receive(
                    "run " + pull,
                    StatusPayload.failure().build(pull).pull(pull).ended(NOON));
            (pull % 2 == 0 ? here : there).processAll();
        }

        assertThat(database.outcomes().entry("run 3").outcome()).isEqualTo("held");
    }

    @Test
    void aStoreFailureIsNoFailureOfADelivery() throws SQLException {
        receive("patient", StatusPayload.failure());
        hold();
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(deliveries::processAll);
        }

        letGo();
        deliveries.processAll();

        assertThat(database.outcomes().entry("patient").outcome()).isEqualTo("suppressed");
        assertThat(database.outcomes().query("SELECT attempts FROM delivery").getFirst())
                .containsEntry("attempts", 0);
    }

    @Test
    void aStopLeavesTheRestForTheNextStart() {
        receive("waiting", StatusPayload.failure());
        Thread.currentThread().interrupt();

        deliveries.processAll();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(database.outcomes().inProgress()).isEqualTo(1);
    }

    @Test
    void aFullDiskIsReadyOnlyOnceItHasSpaceForTheRejectedDelivery()
            throws JournalUnavailableException, InterruptedException {
        SQLiteDataSource disk = new SQLiteDataSource();
        // SQLite reports a full disk if no page may be added.
        disk.setUrl("jdbc:sqlite:" + database.file() + "?max_page_count=1");
        Workers workers = new Workers(new SimpleMeterRegistry(), Duration.ofSeconds(3));
        OutboxDispatcher dispatcher = new OutboxDispatcher(database.store(), () -> NOON, settings, channels, workers);
        CommentRelay comments = new CommentRelay(
                database.store(),
                settings,
                new CommentProcessor(database.store(), settings::get, service, null, () -> NOON),
                () -> NOON);
        Inbox inbox = new Inbox.Direct(new Store(disk, DatabaseFileGuard.at(database.file())));
        EventLoop eventLoop = new EventLoop(deliveries, service, comments, dispatcher, workers);
        InboxRelay relay = new InboxRelay(inbox, eventLoop, workers);
        StoredJournal journal = new StoredJournal(inbox, relay);
        Delivery large = new Delivery("large", "status", NOON, new byte[1_000_000]);
        assertThatCode(journal::probe).doesNotThrowAnyException();

        assertThatExceptionOfType(JournalUnavailableException.class)
                .isThrownBy(() -> journal.append(large))
                .withMessageContaining("full");
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(journal::probe);
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(journal::probe);

        disk.setUrl("jdbc:sqlite:" + database.file());
        assertThatCode(journal::probe).doesNotThrowAnyException();
        assertThat(journal.append(large)).isEqualTo(AppendResult.APPENDED);
        relay.stop(new ShutdownEvent());
        eventLoop.stop(new ShutdownEvent());
        dispatcher.stop(new ShutdownEvent());
    }

    /** So many failures of different jobs, long enough ago that none waits for the rest of its second. */
    private void receiveMinuteAgo(int count) {
        database.store().inTransaction(transaction -> {
            for (int number = 0; number < count; number++) {
                byte[] body = StatusPayload.failure()
                        .job("job-" + number)
                        .build(number)
                        .bytes();
                transaction
                        .deliveries()
                        .insert(new JournalEntry("guid-" + number, "status", NOON.minusSeconds(60), body, 0));
            }
            return true;
        });
    }

    /** As if this replica was paused between two transactions, and another one led until now. */
    @Test
    void whatAnotherReplicaDecidedMeanwhileIsLeftOut() {
        receiveMinuteAgo(600);
        IncidentService other = new IncidentService(database.store(), settings, channels, () -> NOON);
        DeliveryProcessor ofOther = new DeliveryProcessor(database.store(), settings, other, () -> NOON);

        deliveries.processAll(ofOther::processAll);

        assertThat(database.outcomes().query("SELECT id FROM delivery WHERE attempts > 0"))
                .isEmpty();
        database.outcomes().assertConserved(600);
    }

    @Test
    void eachTransactionIsReported() {
        AtomicInteger decided = new AtomicInteger();
        receiveMinuteAgo(260);

        deliveries.processAll(decided::incrementAndGet);

        assertThat(database.outcomes().inProgress()).isZero();
        assertThat(decided).hasValue(2);
    }

    @Test
    void theFirstDecisionAfterAnOutageEndsItAlthoughABacklogIsLeft() throws InterruptedException {
        Workers workers = new Workers(new SimpleMeterRegistry(), Duration.ofSeconds(3));
        BlockingQueue<List<String>> problems = new LinkedBlockingQueue<>();
        Runnable note = () ->
                problems.add(workers.failures().stream().map(Failure::problem).toList());
        AtomicBoolean outage = new AtomicBoolean(true);
        DeliveryProcessor backlog = new DeliveryProcessor(database.store(), settings, service, () -> NOON) {
            @Override
            public Optional<Duration> processAll(Runnable decided) {
                if (outage.getAndSet(false)) {
                    throw new IllegalStateException("an outage");
                }
                note.run();
                decided.run();
                note.run();
                return Optional.empty();
            }
        };
        OutboxDispatcher dispatcher = new OutboxDispatcher(database.store(), () -> NOON, settings, channels, workers);
        CommentRelay comments = new CommentRelay(
                database.store(),
                settings,
                new CommentProcessor(database.store(), settings::get, service, null, () -> NOON),
                () -> NOON);
        EventLoop eventLoop = new EventLoop(backlog, service, comments, dispatcher, workers);

        eventLoop.wake();
        await().until(() -> !workers.failures().isEmpty());
        eventLoop.wake();

        assertThat(problems.take()).singleElement().asString().contains("event-loop", "an outage");
        assertThat(problems.take()).isEmpty();
        eventLoop.stop(new ShutdownEvent());
        dispatcher.stop(new ShutdownEvent());
    }

    private void receive(String id, StatusPayload payload) {
        database.store()
                .inTransaction(transaction ->
                        transaction.deliveries().insert(new JournalEntry(id, "status", NOON, payload.bytes(), 0)));
    }

    private void hold() {
        try {
            if (holder == null) {
                holder = DriverManager.getConnection("jdbc:sqlite:" + database.file());
                holder.createStatement().execute("BEGIN IMMEDIATE");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.file())) {
            connection.createStatement().execute(sql);
        }
    }
}
