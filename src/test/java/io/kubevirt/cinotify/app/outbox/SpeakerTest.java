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
package io.kubevirt.cinotify.app.outbox;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.kubevirt.cinotify.app.LiveSettings;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeChannel.Fault;
import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads around the outbox, its health, and the heartbeat. */
class SpeakerTest {

    private static final Path PRESET = Path.of("config");

    @TempDir
    private Path folder;

    private EmbeddedStore database;

    @BeforeEach
    void open() {
        database = EmbeddedStore.hastyIn(folder.resolve("data"));
    }

    @Test
    void aChannelThatHangsStopsNoOther() throws InvalidDocument, InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        FakeChannel stuck =
                new FakeChannel("stuck", new Abilities(true, true, true), content -> List.of(content.thread()));
        stuck.weather(() -> hangUntil(hanging));
        FakeChannel well = FakeChannel.plain("well");
        Channels channels = new Channels(List.of(stuck, well));
        Speaker speaker = speaker(channels);
        for (int number = 0; number < 9; number++) {
            add(channels, new News("i" + number));
        }

        speaker.ring();
        await().until(() -> well.log().size() == 9);
        assertThat(stuck.log()).isEmpty();

        hanging.countDown();
        await().until(() -> stuck.log().size() == 9);
        speaker.stop(new ShutdownEvent());
    }

    @Test
    void healthNamesChannelPlaceProblemAndWhatToDo() throws InvalidDocument, InterruptedException {
        FakeChannel slack = FakeChannel.able("slack").then(Fault.REFUSED);
        Channels channels = new Channels(List.of(slack));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        OutboxHealth health = new OutboxHealth(database.store(), channels, () -> NOON.plusSeconds(3600), meters);
        add(channels, new News("one"));
        Speaker speaker = speaker(channels);
        speaker.ring();
        await().until(() -> database.outcomes()
                        .query("SELECT 1 FROM saying WHERE state = 'dead'")
                        .size()
                == 1);
        speaker.stop(new ShutdownEvent());
        add(channels, new News("two"));
        database.execute("UPDATE content SET state = 'admitted' WHERE thread = 'two'");

        health.count();

        assertThat(health.call()
                        .getData()
                        .orElseThrow()
                        .get("problem")
                        .toString()
                        .lines())
                .containsExactly(
                        "slack room never got 1 message of the last 7 days: slack wants another token: give it one;"
                                + " once that is mended, \"ci-notify outbox retry --channel slack\" has it said",
                        "slack room has not got 1 message due since 2026-07-15T12:00:00Z: it is being tried");
        assertThat(meters.get("ci_notify.messages")
                        .tags("channel", "slack", "state", "dead")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("ci_notify.messages.oldest")
                        .tags("channel", "slack")
                        .gauge()
                        .value())
                .isEqualTo(3600);
    }

    @Test
    void theHeartBeatsWhileAllIsWell() throws InvalidDocument, IOException, InterruptedException {
        AtomicInteger beats = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/beat", exchange -> {
            exchange.sendResponseHeaders(beats.incrementAndGet() > 1 ? 500 : 200, -1);
            exchange.close();
        });
        server.start();
        LiveSettings settings = settings("sending:\n  heartbeatUrl: http://127.0.0.1:"
                + server.getAddress().getPort() + "/beat\n");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Speaker speaker = new Speaker(database.store(), () -> NOON, settings, new Channels(List.of()));
        Heartbeat heartbeat = new Heartbeat(settings, database.store(), speaker, meters);

        heartbeat.beat();
        assertThat(beats).hasValue(1);
        assertThat(meters.get("ci_notify.heartbeat.heard").gauge().value()).isEqualTo(1);
        heartbeat.beat();
        assertThat(meters.get("ci_notify.heartbeat.heard").gauge().value()).isZero();
        Files.delete(database.file());
        heartbeat.beat();
        assertThat(beats).as("no beat from a store that takes nothing").hasValue(2);
        server.stop(0);
    }

    private Speaker speaker(Channels channels) throws InvalidDocument {
        return new Speaker(
                database.store(), () -> NOON, new LiveSettings(new SettingsLoader(PRESET, null), () -> NOON), channels);
    }

    private LiveSettings settings(String more) throws InvalidDocument, IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        try (Stream<Path> files = Files.list(PRESET)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, config.resolve(file.getFileName()));
            }
        }
        Files.writeString(config.resolve("ci-notify.yaml"), "\n" + more, StandardOpenOption.APPEND);
        return new LiveSettings(new SettingsLoader(config, null), () -> NOON);
    }

    private void add(Channels channels, News news) {
        database.store().inTransaction(transaction -> {
            new Outbox(channels, transaction, NOON).add(news.opened(NOON));
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
