// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.app.ServeConfig;
import io.kubevirt.cinotify.app.Sources;
import io.kubevirt.cinotify.concurrent.ShutdownOrder;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.metrics.BuildInfo;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.web.api.StatusReader;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts the board if it has a port; without one, none of it is loaded. */
@ApplicationScoped
public class BoardLifecycle {
    private static final Logger LOG = Logger.getLogger(BoardLifecycle.class);
    private static final int STOP_SECONDS = 2;

    private final ServeConfig serveConfig;
    private @Nullable BoardServer server;

    BoardLifecycle(ServeConfig serveConfig) {
        this.serveConfig = serveConfig;
    }

    void start(
            @Observes StartupEvent event,
            Vertx vertx,
            Store store,
            ConfigAgent configAgent,
            BoardSources boardSources) {
        serveConfig.boardPort().ifPresent(port -> {
            BoardOptions options = new BoardOptions(
                    port,
                    serveConfig.boardHost(),
                    serveConfig.boardUrl().orElse(null),
                    both(serveConfig.boardUserHeader(), serveConfig.boardProxySecretFile(), BoardOptions.Proxy::new),
                    both(
                            serveConfig.boardOauthFile(),
                            serveConfig.boardCookieSecretFile(),
                            BoardOptions.GitHubApp::new),
                    serveConfig.boardEmbedIn().orElse(List.of()));
            BoardServer opened = new BoardServer(vertx, options, boardSources.context(store, configAgent));
            server = opened;
            opened.start()
                    .onSuccess(actual -> LOG.infof("the board listens at %s/", options.baseUrl(actual)))
                    .onFailure(cause -> LOG.errorf("the board cannot listen on port %d: %s", port, cause.getMessage()));
        });
    }

    private static <A, B, R> @Nullable R both(Optional<A> one, Optional<B> other, BiFunction<A, B, R> join) {
        return one.flatMap(first -> other.map(second -> join.apply(first, second)))
                .orElse(null);
    }

    void stop(@Observes @Priority(ShutdownOrder.SOURCES) ShutdownEvent event) throws Exception {
        if (server != null) {
            server.stop().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What the board shows and changes besides the store. */
    @ApplicationScoped
    public static class BoardSources {
        private final ServeConfig serveConfig;
        private final Sources sources;
        private final InstantSource clock;
        private final IncidentActionSink actions;
        private final BoardProblems problems;

        BoardSources(
                ServeConfig serveConfig,
                Sources sources,
                InstantSource clock,
                IncidentActionSink actions,
                BoardProblems problems) {
            this.problems = problems;
            this.serveConfig = serveConfig;
            this.sources = sources;
            this.clock = clock;
            this.actions = actions;
        }

        BoardContext context(Store store, ConfigAgent configAgent) {
            return new BoardContext(
                    store,
                    configAgent::get,
                    clock,
                    actions,
                    () -> new StatusReader.Plugin(
                            sources.statuses(),
                            problems.all(),
                            configAgent.problems().stream()
                                    .map(ConfigProblem::toString)
                                    .toList(),
                            BuildInfo.current().toString(),
                            serveConfig.dryRun()));
        }
    }
}
