// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.web.api.RequestProblem;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Listeners and looks at the store, without either. */
class LiveUpdatesTest {
    private final List<Promise<Long>> looks = new ArrayList<>();
    private final List<Object> cancelled = new ArrayList<>();
    private final List<Runnable> closes = new ArrayList<>();
    private Runnable timer = () -> {};

    @SuppressWarnings("unchecked")
    private final LiveUpdates live = new LiveUpdates(
            proxy(Vertx.class, (self, method, arguments) -> {
                if (method.getName().equals("cancelTimer")) {
                    return cancelled.add(arguments[0]);
                }
                timer = () -> ((Handler<Long>) arguments[1]).handle(7L);
                return 7L;
            }),
            new BoardContext(null, null, null, null, null),
            proxy(WorkerExecutor.class, (self, method, arguments) -> {
                Promise<Long> look = Promise.promise();
                looks.add(look);
                return look.future();
            }));

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @SuppressWarnings("unchecked")
    private void listen(@Nullable String client) throws RequestProblem {
        Object identity = new Object();
        live.listen(
                proxy(HttpServerResponse.class, (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> identity.hashCode();
                    case "equals" -> self == arguments[0];
                    case "closed", "writeQueueFull" -> false;
                    case "write" -> Future.succeededFuture();
                    case "closeHandler" -> {
                        closes.add(() -> ((Handler<Void>) arguments[0]).handle(null));
                        yield self;
                    }
                    default -> self;
                }),
                client);
    }

    @Test
    void aClientFollowsAtMostFiftyPages() throws Exception {
        for (int number = 0; number < LiveUpdates.MOST_OF_A_CLIENT; number++) {
            listen("10.0.0.1");
        }
        assertThatExceptionOfType(RequestProblem.class)
                .isThrownBy(() -> listen("10.0.0.1"))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(429));

        listen("@dhiller");
        closes.getFirst().run();
        listen("10.0.0.1");
        for (int number = 0; number < 100; number++) {
            listen(null);
        }
    }

    @Test
    void oneLookEndsBeforeTheNext() throws Exception {
        timer.run();
        assertThat(looks).as("nobody listens").isEmpty();

        listen("10.0.0.1");
        timer.run();
        timer.run();
        assertThat(looks).hasSize(1);

        looks.getFirst().complete(1L);
        timer.run();
        assertThat(looks).hasSize(2);
        looks.getLast().fail("the store is unavailable");
        timer.run();
        assertThat(looks).hasSize(3);
    }

    @Test
    void afterTheEndNothingIsLookedFor() {
        live.stop();
        assertThat(cancelled).containsExactly(7L);
    }
}
