// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.source.webhook.BodyBudget.Share;
import io.kubevirt.cinotify.source.webhook.RequestBodies.UnreadBodyException;
import io.kubevirt.cinotify.source.webhook.RequestBodies.UnreadBodyException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;

/**
 * Reads one body on the event loop. A body that is not accepted is drained without being kept: if the connection is closed
 * during the upload, the client cannot read the response.
 */
final class BodyReader {
    /** The response to a too large body waits for its end up to so many times the limit. */
    private static final int DRAIN_FACTOR = 4;

    private final HttpServerRequest request;
    private final long limit;
    private final Instant startedAt;
    private final Context eventLoop = Vertx.currentContext();
    private final Promise<byte[]> promise = Promise.promise();
    private final Share share;
    /** Another thread may replace it by an empty one. */
    private volatile Buffer buffer = Buffer.buffer();

    private volatile long size;

    BodyReader(HttpServerRequest request, long limit, BodyBudget budget, Instant startedAt) {
        this.request = request;
        this.limit = limit;
        this.startedAt = startedAt;
        this.share = budget.open(this::makeSpace);
    }

    /** {@code onEnd} runs when no more bytes arrive. */
    Future<byte[]> start(Runnable onEnd) {
        request.exceptionHandler(cause -> {
                    onEnd.run();
                    discard(Reason.BROKEN);
                })
                .handler(this::append)
                .endHandler(end -> {
                    onEnd.run();
                    finish();
                });
        // Quarkus passes requests in paused state.
        request.resume();
        return promise.future();
    }

    private void append(Buffer chunk) {
        long arrived = size + chunk.length();
        size = arrived;
        if (arrived > limit) {
            forget();
            if (arrived > limit * DRAIN_FACTOR) {
                discard(Reason.TOO_LARGE);
            }
        } else if (!isDecided()) {
            if (share.add(chunk.length())) {
                buffer.appendBuffer(chunk);
            } else {
                discard(Reason.NO_SPACE);
            }
        }
    }

    private void finish() {
        if (size > limit) {
            discard(Reason.TOO_LARGE);
        } else if (!isDecided() && !share.complete()) {
            discard(Reason.TOO_SLOW);
        } else if (!isDecided()) {
            byte[] content = buffer.getBytes();
            buffer = Buffer.buffer();
            promise.tryComplete(content);
        }
    }

    /** Ends a body that arrives too slowly; one that is only drained ends with its connection. */
    void expire() {
        onEventLoop(() -> {
            if (isDecided()) {
                request.connection().close();
            } else {
                discard(Reason.TOO_SLOW);
            }
        });
    }

    private void discard(Reason reason) {
        forget();
        promise.tryFail(new UnreadBodyException(reason));
    }

    /** Frees the bytes at once: until the event loop of this body has time, others would add theirs. */
    private void makeSpace() {
        buffer = Buffer.buffer();
        onEventLoop(() -> discard(Reason.TOO_SLOW));
    }

    private void forget() {
        buffer = Buffer.buffer();
        share.release();
    }

    void release() {
        share.release();
    }

    private boolean isDecided() {
        return promise.future().isComplete();
    }

    long size() {
        return size;
    }

    Instant startedAt() {
        return startedAt;
    }

    private void onEventLoop(Runnable action) {
        eventLoop.runOnContext(ignored -> action.run());
    }
}
