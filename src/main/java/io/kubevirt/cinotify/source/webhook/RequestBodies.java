// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.source.webhook.BodyReader.Arrival;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Reads the bodies of all requests to the plugin's port, with one limit on their memory and one on their time. */
public final class RequestBodies {
    private final BodyBudget budget;
    private final TransferRate rate;
    private final InstantSource clock;
    private final Set<BodyReader> arriving = ConcurrentHashMap.newKeySet();

    RequestBodies(BodyBudget budget, TransferRate rate, InstantSource clock) {
        this.budget = budget;
        this.rate = rate;
        this.clock = clock;
    }

    /** A quarter of the maximum heap, because each body is in memory about twice; a quarter of it for small bodies. */
    public static RequestBodies ofThisProcess(InstantSource clock) {
        long bytes = Runtime.getRuntime().maxMemory() / 4;
        return new RequestBodies(new BodyBudget(bytes / 4, bytes - bytes / 4), TransferRate.OF_A_WEBHOOK, clock);
    }

    /**
     * Reads a body of up to {@code limit} bytes and processes it; its bytes count until the result is known. Fails with
     * {@link UnreadBodyException}. Call on the event loop before the handler returns; {@code arrival} runs there.
     */
    <T> Future<T> read(HttpServerRequest request, long limit, Arrival arrival, Function<byte[], Future<T>> processing) {
        BodyReader body = new BodyReader(request, limit, budget, clock.instant());
        arriving.add(body);
        Future<byte[]> content = body.start(arrival, () -> arriving.remove(body));
        if (!content.failed() && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        return content.compose(processing).onComplete(result -> body.release());
    }

    /** Ends bodies that arrive too slowly; called each second. */
    public void expire() {
        for (BodyReader body : arriving) {
            if (rate.isTooSlow(body.size(), Duration.between(body.startedAt(), clock.instant()))) {
                body.expire();
            }
        }
    }

    /** The number of bodies that have not arrived completely. */
    int arriving() {
        return arriving.size();
    }

    /** The time that a body may take: in all, and after a grace period for each byte. */
    record TransferRate(Duration grace, long bytesPerSecond, Duration deadline) {
        /** Hook sends from memory within the cluster. */
        static final TransferRate OF_A_WEBHOOK =
                new TransferRate(Duration.ofSeconds(5), 16 << 10, Duration.ofMinutes(1));

        boolean isTooSlow(long bytes, Duration elapsed) {
            return elapsed.compareTo(deadline) > 0
                    || elapsed.compareTo(grace) > 0 && bytes < elapsed.toSeconds() * bytesPerSecond;
        }
    }

    /** A body that was not read. */
    static final class UnreadBodyException extends Exception {
        private final Reason reason;

        UnreadBodyException(Reason reason) {
            super(reason.name(), null, false, false);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }

        enum Reason {
            TOO_LARGE,
            /** Other bodies use the memory. */
            NO_SPACE,
            TOO_SLOW,
            /** The connection was closed, or the encoding is broken. */
            BROKEN
        }
    }
}
