// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.comment.CommentProcessor;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.outbox.OutboxDispatcher;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DeliveryCounts;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries are decided from the inbox, in one transaction of the journal, also when the program is killed after it. */
class InboxDecisionsTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private Database database;

    @BeforeEach
    void open() {
        database = Database.embedded(folder, Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDeliveryIsDecidedFromTheInboxAndItsBodyIsNotStoredAgain() throws InvalidConfigException {
        append("tide", StatusPayload.failure().job("tide"));
        append("failure", StatusPayload.failure().build(2));

        processor(database.inbox()).processAll();

        assertThat(database.inbox().size()).isZero();
        assertThat(counts().suppressed()).containsEntry("tide", 1L);
        assertThat(outcomes()).isEqualTo(Map.of("suppressed", 2L));
        assertThat(counts().unaccounted()).isZero();
        assertThat(database.store()
                        .read(transaction -> transaction.deliveries().get("failure"))
                        .body())
                .isEmpty();
    }

    @Test
    void afterAKillBetweenDecisionAndRemovalNothingIsDecidedAgain() throws InvalidConfigException {
        List.of(1, 2, 3)
                .forEach(pull -> append(
                        "run " + pull,
                        StatusPayload.failure().build(pull).pull(pull).ended(NOON)));
        DeliveryProcessor killed = processor(killedAtRemoval(database.inbox()));
        assertThatThrownBy(killed::processAll).isInstanceOf(AssertionError.class);
        Map<String, Long> decided = outcomes();
        assertThat(decided.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
        database.close();
        open();
        assertThat(database.inbox().size()).isEqualTo(3);
        assertThat(counts().plusWaiting(3).unaccounted()).isZero();

        processor(database.inbox()).processAll();

        assertThat(outcomes()).isEqualTo(decided);
        assertThat(database.inbox().size()).isZero();
        assertThat(counts().unaccounted()).isZero();
    }

    /** As a version that moved all deliveries left them. */
    @Test
    void aDeliveryThatIsUndecidedInBothFilesIsDecidedOnce() throws InvalidConfigException {
        append("both", StatusPayload.failure().build(1));
        JournalEntry moved = new JournalEntry(
                "both", "status", NOON, StatusPayload.failure().build(1).bytes(), 0);
        database.store().inTransaction(transaction -> transaction.deliveries().insert(moved));

        processor(database.inbox()).processAll();

        assertThat(outcomes()).isEqualTo(Map.of("suppressed", 1L));
        assertThat(database.inbox().size()).isZero();
    }

    @Test
    void twoFinalStatesOfARunThatArriveTogetherHaveOneOutcomeEach() throws InvalidConfigException {
        append(
                "error",
                StatusPayload.of("error", "Error scheduling pod.").build(1).ended(NOON));
        append("failure", StatusPayload.failure().build(1).ended(NOON.plusSeconds(1)));

        processor(database.inbox()).processAll();

        assertThat(outcomes().keySet()).doesNotContain("in-progress");
        assertThat(counts().suppressed().keySet()).doesNotContain("malformed");
        assertThat(counts().unaccounted()).isZero();
    }

    /** Nothing here has a timer: each step wakes the next. */
    @Test
    void anEventBecomesAMessageWithoutATick() throws Exception {
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(configWithoutWaiting(), null), () -> NOON);
        Channels channels = new Channels(List.of(new ConsoleChannel(console)));
        IncidentService service = new IncidentService(database.store(), settings, channels, () -> NOON);
        Workers workers = new Workers(new SimpleMeterRegistry(), Duration.ofSeconds(3));
        OutboxDispatcher dispatcher = new OutboxDispatcher(database.store(), () -> NOON, settings, channels, workers);
        CommentProcessor comments = new CommentProcessor(database.store(), settings::get, service, null, () -> NOON);
        EventLoop eventLoop = new EventLoop(
                new DeliveryProcessor(database.store(), database.inbox(), settings, service, () -> NOON),
                service,
                new CommentRelay(database.store(), settings, comments, () -> NOON),
                dispatcher,
                workers);
        InboxRelay relay = new InboxRelay(database.inbox(), eventLoop, workers);
        StoredJournal journal = new StoredJournal(database.inbox(), relay);
        byte[] failure = StatusPayload.failure()
                .postsubmit("push-a-message")
                .build(7)
                .ended(NOON)
                .bytes();

        journal.append(new Delivery("guid", "status", NOON, failure));

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(console.toString(StandardCharsets.UTF_8))
                .contains("push-a-message"));
        relay.stop(new ShutdownEvent());
        eventLoop.stop(new ShutdownEvent());
        dispatcher.stop(new ShutdownEvent());
        journal.close();
    }

    private Path configWithoutWaiting() throws IOException {
        return Preset.copyTo(folder.resolve("config"), text -> text.replace("    time: 10m ", "    time: 0s ")
                .replace("workingHours: 09:00-17:00", "workingHours: 00:00-24:00")
                .replaceAll("<td>(Mon-Fri|Sun-Thu)</td>", "<td>Mon-Sun</td>"));
    }

    private static Inbox killedAtRemoval(Inbox inbox) {
        return (Inbox) Proxy.newProxyInstance(
                Inbox.class.getClassLoader(), new Class<?>[] {Inbox.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("remove")) {
                        throw new AssertionError("killed");
                    }
                    try {
                        return method.invoke(inbox, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private DeliveryProcessor processor(Inbox inbox) throws InvalidConfigException {
        ConfigAgent settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> NOON);
        Channels channels = new Channels(List.of(new ConsoleChannel(console)));
        IncidentService service = new IncidentService(database.store(), settings, channels, () -> NOON);
        return new DeliveryProcessor(database.store(), inbox, settings, service, () -> NOON);
    }

    private void append(String id, StatusPayload payload) {
        database.inbox().append(List.of(new JournalEntry(id, "status", NOON, payload.bytes(), 0)));
    }

    private Map<String, Long> outcomes() {
        return database.store().read(transaction -> transaction.deliveries().outcomes());
    }

    private DeliveryCounts counts() {
        return database.store().read(transaction -> transaction.deliveryCounts().at(NOON));
    }
}
