// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.kubevirt.cinotify.concurrent.WorkStatus;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.CapturedLog;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads around the outbox, its health, and the heartbeat. */
class OutboxDispatcherTest {

    private static final Path PRESET = Path.of("config");

    @TempDir
    private Path folder;

    private final Workers workers = new Workers(new SimpleMeterRegistry(), Duration.ZERO);
    private EmbeddedStore database;

    @BeforeEach
    void open() {
        database = EmbeddedStore.in(folder.resolve("data"));
    }

    @Test
    void aHangingChannelBlocksNoOther() throws InvalidConfigException, InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        FakeChannel stuck = new FakeChannel(
                "stuck", new ChannelCapabilities(true, true, true), content -> List.of(content.thread()));
        stuck.failAll(() -> hangUntil(hanging));
        FakeChannel well = FakeChannel.postOnly("well");
        Channels channels = new Channels(List.of(stuck, well));
        OutboxDispatcher speaker = dispatcher(channels);
        for (int number = 0; number < 9; number++) {
            add(channels, new NotificationBuilder("i" + number));
        }

        speaker.wake();
        await().atMost(Duration.ofMinutes(1)).until(() -> well.log().size() == 9);
        assertThat(stuck.log()).isEmpty();

        hanging.countDown();
        await().atMost(Duration.ofMinutes(1)).until(() -> stuck.log().size() == 9);
        speaker.stop(new ShutdownEvent());
    }

    @Test
    void aSendThatTheShutdownInterruptsLeavesItsOutcome() throws InvalidConfigException, InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        FakeChannel stuck = FakeChannel.withThreads("slack");
        stuck.failAll(() -> {
            begun.countDown();
            return hangUntil(new CountDownLatch(1));
        });
        Channels channels = new Channels(List.of(stuck));
        OutboxDispatcher dispatcher = dispatcher(channels);
        add(channels, new NotificationBuilder("one"));
        try (CapturedLog log = CapturedLog.of(WorkStatus.class)) {
            dispatcher.wake();
            begun.await();

            dispatcher.stop(new ShutdownEvent());

            assertThat(database.outcomes().query("SELECT 1 FROM outbox WHERE state = 'sending'"))
                    .isEmpty();
            assertThat(log.lines()).as("no false errors about the store").isEmpty();
        }
    }

    @Test
    void healthNamesChannelDestinationProblemAndRemedy() throws InvalidConfigException, InterruptedException {
        FakeChannel slack = FakeChannel.withThreads("slack").failNext(Fault.REFUSED);
        Channels channels = new Channels(List.of(slack));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        OutboxHealthCheck health =
                new OutboxHealthCheck(database.store(), channels, () -> NOON.plusSeconds(3600), meters, workers);
        add(channels, new NotificationBuilder("one"));
        OutboxDispatcher speaker = dispatcher(channels);
        speaker.wake();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> database.outcomes()
                                .query("SELECT 1 FROM outbox WHERE state = 'dead'")
                                .size()
                        == 1);
        speaker.stop(new ShutdownEvent());
        add(channels, new NotificationBuilder("two"));
        database.execute("UPDATE message SET state = 'admitted' WHERE thread = 'two'");

        slack.readBy(Audience.PUBLIC);
        health.count();

        assertThat(health.call()
                        .getData()
                        .orElseThrow()
                        .get("problem")
                        .toString()
                        .lines())
                .containsExactly(
                        "slack room: gave up on 1 message in the last 7 days: slack wants another token: give it one."
                                + " Fix this, then run \"ci-notify outbox retry --channel slack\"",
                        "slack room: 1 message overdue since 2026-07-15T12:00:00Z: no attempt has failed yet");

        slack.readBy(Audience.PRIVATE);
        health.count();
        assertThat(health.call().getData().toString())
                .as("without the destination and what it answers, which may be private")
                .contains(
                        "slack a restricted destination: gave up on 1 message in the last 7 days: see \"ci-notify outbox list\"")
                .doesNotContain("room", "token");
        assertThat(meters.get("ci_notify.notifications")
                        .tags("channel", "slack", "state", "dead")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("ci_notify.notifications.oldest.pending")
                        .tags("channel", "slack")
                        .gauge()
                        .value())
                .isEqualTo(3600);
    }

    @Test
    void theHeartbeatIsSentWhileHealthy() throws InvalidConfigException, IOException, InterruptedException {
        AtomicInteger beats = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/beat", exchange -> {
            exchange.sendResponseHeaders(beats.incrementAndGet() > 1 ? 500 : 200, -1);
            exchange.close();
        });
        server.start();
        ConfigAgent settings = settings("sending:\n  heartbeatUrl: http://127.0.0.1:"
                + server.getAddress().getPort() + "/beat\n");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Heartbeat heartbeat = new Heartbeat(settings, database.store(), workers, meters);

        heartbeat.send();
        assertThat(beats).hasValue(1);
        assertThat(meters.get("ci_notify.heartbeat.last.successful").gauge().value())
                .isEqualTo(1);
        heartbeat.send();
        assertThat(meters.get("ci_notify.heartbeat.last.successful").gauge().value())
                .isZero();
        Files.delete(database.file());
        heartbeat.send();
        assertThat(beats).as("no beat from a store that takes nothing").hasValue(2);
        server.stop(0);
    }

    private OutboxDispatcher dispatcher(Channels channels) throws InvalidConfigException {
        return new OutboxDispatcher(
                database.store(),
                () -> NOON,
                new ConfigAgent(new ConfigLoader(PRESET, null), () -> NOON),
                channels,
                workers);
    }

    private ConfigAgent settings(String more) throws InvalidConfigException, IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        try (Stream<Path> files = Files.list(PRESET)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, config.resolve(file.getFileName()));
            }
        }
        Files.writeString(config.resolve("ci-notify.yaml"), "\n" + more, StandardOpenOption.APPEND);
        return new ConfigAgent(new ConfigLoader(config, null), () -> NOON);
    }

    private void add(Channels channels, NotificationBuilder notifications) {
        database.store().inTransaction(transaction -> {
            new OutboxWriter(channels, transaction, NOON).add(notifications.opened(NOON));
            return true;
        });
    }

    private static Fault hangUntil(CountDownLatch latch) {
        try {
            latch.await();
            return Fault.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Fault.LATER;
        }
    }
}
