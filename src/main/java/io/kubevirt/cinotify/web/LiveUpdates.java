// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.web.api.RequestProblem;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events: that something has changed, never what. One query each two seconds serves all listeners, and none is made while
 * nobody listens. Used only on one event loop.
 */
final class LiveUpdates {
    static final String PATH = "/events";
    static final int MOST_LISTENERS = 200;
    static final int MOST_OF_A_CLIENT = 50;

    private static final Logger LOG = Logger.getLogger(LiveUpdates.class);
    private static final long EVERY_MILLIS = 2_000;
    private static final int LOOKS_BETWEEN_COMMENTS = 10;

    private final Vertx vertx;
    private final BoardContext context;
    private final WorkerExecutor worker;
    private final long timer;
    private final Map<HttpServerResponse, String> listeners = new HashMap<>();
    private boolean looking;
    private long version = -1;
    private int looks;

    LiveUpdates(Vertx vertx, BoardContext context, WorkerExecutor worker) {
        this.vertx = vertx;
        this.context = context;
        this.worker = worker;
        this.timer = vertx.setPeriodic(EVERY_MILLIS, id -> look());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    /** @param client a signed-in user, or an address; null for one without a limit */
    void listen(HttpServerResponse response, @Nullable String client) throws RequestProblem {
        if (listeners.size() >= MOST_LISTENERS) {
            throw RequestProblem.of(503, "busy", "200 pages are followed already", "reload the page by hand");
        }
        if (client != null && Collections.frequency(listeners.values(), client) >= MOST_OF_A_CLIENT) {
            throw RequestProblem.of(429, "too many requests", "you follow 50 pages already", "close some of them");
        }
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Encoding", "identity")
                .putHeader("X-Accel-Buffering", "no")
                .closeHandler(closed -> listeners.remove(response))
                .exceptionHandler(failure -> listeners.remove(response));
        listeners.put(response, Objects.requireNonNullElse(client, ""));
        write(response, "retry: 3000\n\n");
    }

    private void look() {
        if (listeners.isEmpty() || looking) {
            return;
        }
        looking = true;
        worker.executeBlocking(
                        () -> context.store()
                                .read(transaction -> transaction.board().version()),
                        false)
                .onComplete(looked -> looking = false)
                .onSuccess(this::publish)
                .onFailure(cause -> LOG.debugf("changes are looked for again: %s", cause.getMessage()));
    }

    private void publish(long now) {
        boolean changed = version >= 0 && now != version;
        version = now;
        looks = (looks + 1) % LOOKS_BETWEEN_COMMENTS;
        if (changed || looks == 0) {
            String text = changed ? "event: changed\ndata: now\n\n" : ": here\n\n";
            List.copyOf(listeners.keySet()).forEach(listener -> write(listener, text));
        }
    }

    /** A listener that does not read is closed; its browser comes back. */
    private void write(HttpServerResponse listener, String text) {
        if (listener.closed() || listener.writeQueueFull()) {
            listeners.remove(listener);
            listener.reset();
        } else {
            listener.write(text);
        }
    }
}
