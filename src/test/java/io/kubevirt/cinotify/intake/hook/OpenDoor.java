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
package io.kubevirt.cinotify.intake.hook;

import io.kubevirt.cinotify.fixture.MemoryJournal;
import io.kubevirt.cinotify.intake.Journal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The door on a port of its own, with nothing behind it but a journal in memory. */
final class OpenDoor implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    static final Set<String> EVENTS = Set.of("status", "issue_comment", "pull_request");
    static final int LARGEST_BODY = 25 * 1024 * 1024;

    final MemoryJournal journal = new MemoryJournal();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final int port;

    /** @param secretFile the content of the file with the webhook secret */
    OpenDoor(String secretFile, String... endpoints) {
        Router router = Router.router(vertx);
        door(secretFile, journal, meters, endpoints).mount(router);
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, InetAddress.getLoopbackAddress().getHostAddress())
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    static Door door(String secretFile, Journal journal, SimpleMeterRegistry meters, String... endpoints) {
        HmacSecrets secrets = HmacSecrets.parse(secretFile.getBytes(StandardCharsets.UTF_8));
        Reception reception =
                new Reception(new SignatureCheck(() -> secrets), EVENTS, journal, InstantSource.fixed(NOW));
        return new Door(
                Set.of(endpoints),
                new WebhookHandler(
                        reception,
                        new DeliveryCounter(meters, EVENTS),
                        LARGEST_BODY,
                        new BytesInFlight(Long.MAX_VALUE / 2)),
                new HelpHandler(() -> PluginHelp.standard(EVENTS, "Dry-run is on & nothing is <posted>.", List.of())));
    }

    URI at(String path) {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + path);
    }

    double counted(String event, String result) {
        return List.copyOf(meters.find("ci_notify.deliveries")
                        .tags("event", event, "result", result)
                        .counters())
                .stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
