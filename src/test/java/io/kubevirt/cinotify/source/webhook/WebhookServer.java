// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.fixture.MemoryJournal;
import io.kubevirt.cinotify.fixture.VirtualClock;
import io.kubevirt.cinotify.source.Journal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A webhook router on its own port, with an in-memory journal. */
public final class WebhookServer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    static final Set<String> EVENTS = Set.of("status", "issue_comment", "pull_request");
    static final int LARGEST_BODY = 25 * 1024 * 1024;

    final MemoryJournal journal = new MemoryJournal();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final VirtualClock clock = new VirtualClock();
    final RequestBodies bodies;
    private final Vertx vertx = Vertx.vertx();
    private final int port;

    /** @param secretFile content of the secret file */
    WebhookServer(String secretFile) {
        this(secretFile, new BodyBudget(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2));
    }

    /** With another journal. */
    public WebhookServer(String secretFile, Journal journal) {
        this(secretFile, new BodyBudget(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2), journal);
    }

    WebhookServer(String secretFile, BodyBudget budget) {
        this(secretFile, budget, null);
    }

    private WebhookServer(String secretFile, BodyBudget budget, @Nullable Journal other) {
        this(validator(secretFile), budget, other);
    }

    WebhookServer(SignatureValidator signatures) {
        this(signatures, new BodyBudget(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2), null);
    }

    private WebhookServer(SignatureValidator signatures, BodyBudget budget, @Nullable Journal other) {
        clock.set(NOW);
        bodies = new RequestBodies(budget, RequestBodies.TransferRate.OF_A_WEBHOOK, clock);
        Router router = Router.router(vertx);
        router(signatures, other == null ? journal : other).mount(router);
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, InetAddress.getLoopbackAddress().getHostAddress())
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static SignatureValidator validator(String secretFile) {
        HmacSecrets secrets = HmacSecrets.parse(secretFile.getBytes(StandardCharsets.UTF_8));
        return new SignatureValidator(() -> secrets);
    }

    private WebhookRouter router(SignatureValidator signatures, Journal stored) {
        WebhookReceiver reception = new WebhookReceiver(signatures, EVENTS, stored, clock);
        return new WebhookRouter(
                new WebhookHandler(reception, new WebhookMetrics(meters, EVENTS), LARGEST_BODY, bodies),
                new HelpHandler(
                        () -> PluginHelp.standard(EVENTS, "Dry-run is on & nothing is <posted>.", List.of()), bodies));
    }

    public URI at(String path) {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + path);
    }

    double counted(String event, String result) {
        return List.copyOf(meters.find("ci_notify.webhook.requests")
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
