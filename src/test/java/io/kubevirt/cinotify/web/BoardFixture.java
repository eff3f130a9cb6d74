// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.fixture.RawHttp;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.source.SourceReporter.SourceStatus;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.web.api.StatusReader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A board on a free port with the preset's settings and a clock that stands still. */
final class BoardFixture implements AutoCloseable {
    private static final int SECONDS = 60;

    final List<IncidentAction> actions = new CopyOnWriteArrayList<>();
    final List<DiagnosisFeedback> feedback = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final BoardServer server;
    private final int port;

    /** @param options with port 0 */
    BoardFixture(Store store, BoardOptions options) {
        this(store, options, Preset.settings(), () -> MondayMorning.NOW);
    }

    BoardFixture(Store store, BoardOptions options, Config config, InstantSource clock) {
        BoardContext context = new BoardContext(
                store,
                () -> config,
                clock,
                new IncidentActionSink() {
                    @Override
                    public Optional<String> submit(IncidentAction action) {
                        actions.add(action);
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> add(DiagnosisFeedback report) {
                        feedback.add(report);
                        return Optional.empty();
                    }
                },
                () -> new StatusReader.Plugin(
                        Map.of(
                                "prowjobs",
                                new SourceStatus(true, MondayMorning.NOW, MondayMorning.NOW, null, null, 9, 9)),
                        List.of(),
                        List.of(),
                        "ci-notify 0.2.0",
                        false));
        server = new BoardServer(vertx, options, context);
        try {
            port = server.start().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static BoardOptions local() {
        return new BoardOptions(0, "0.0.0.0", null, null, null, List.of());
    }

    int port() {
        return port;
    }

    RawHttp.Reply get(String path) {
        return get(path, Map.of());
    }

    RawHttp.Reply get(String path, Map<String, String> headers) {
        return send("GET", "127.0.0.1", path, headers, "");
    }

    RawHttp.Reply send(String method, String host, String path, Map<String, String> headers, String body) {
        try {
            return RawHttp.send(method, URI.create("http://" + host + ":" + port + path), headers, body.getBytes());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    @Override
    public void close() {
        server.stop();
        vertx.close();
    }
}
