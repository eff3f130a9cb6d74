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
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Arrays;

/**
 * Reads one body on the event loop. A body that is not accepted is drained without being kept: if the connection is closed
 * during the upload, the client cannot read the response.
 */
final class BodyReader {
    /** The response to a too large body waits for its end up to so many times the limit; beyond, the connection is closed. */
    private static final int DRAIN_FACTOR = 4;

    private static final byte[] NOTHING = new byte[0];

    private final HttpServerRequest request;
    private final long limit;
    private final Instant startedAt;
    private final Context eventLoop = Vertx.currentContext();
    private final Promise<byte[]> promise = Promise.promise();
    private final Share share;
    private final long announced;
    /** Another thread may replace it by an empty one. */
    private volatile byte[] content = NOTHING;

    private volatile int kept;
    private volatile long size;

    BodyReader(HttpServerRequest request, long limit, BodyBudget budget, Instant startedAt) {
        this.request = request;
        this.limit = limit;
        this.startedAt = startedAt;
        this.share = budget.open(this::makeSpace);
        this.announced = announced(request);
    }

    /** Zero if nothing is announced; Netty has refused what is no number. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Takes bytes of a body as they arrive; must not keep the array. */
    interface Arrival {
        void accept(byte[] bytes, int from, int length);
    }

    /** {@code onEnd} runs when no more bytes arrive. Fails at once if more is announced than is drained. */
    Future<byte[]> start(Arrival arrival, Runnable onEnd) {
        request.exceptionHandler(cause -> {
                    onEnd.run();
                    discard(Reason.BROKEN);
                })
                .handler(chunk -> append(chunk, arrival))
                .endHandler(end -> {
                    onEnd.run();
                    finish();
                });
        if (announced > limit * DRAIN_FACTOR) {
            discard(Reason.TOO_LARGE);
        }
        // Quarkus passes requests in paused state.
        request.resume();
        return promise.future();
    }

    private void append(Buffer chunk, Arrival arrival) {
        long arrived = size + chunk.length();
        size = arrived;
        if (arrived > limit) {
            forget();
            if (arrived > limit * DRAIN_FACTOR) {
                discard(Reason.TOO_LARGE);
            }
        } else if (!isDecided()) {
            if (share.add(chunk.length())) {
                keep(chunk, arrival);
            } else {
                discard(Reason.NO_SPACE);
            }
        }
    }

    private void keep(Buffer chunk, Arrival arrival) {
        int from = kept;
        int end = from + chunk.length();
        byte[] target = content;
        if (end > target.length) {
            target = Arrays.copyOf(target, capacity(end, target.length, announced));
        }
        chunk.getBytes(target, from);
        content = target;
        kept = end;
        arrival.accept(target, from, chunk.length());
    }

    /** Doubles, so that announced bytes that never come take no memory; the announced size saves the last copy. */
    static int capacity(int needed, int current, long announced) {
        int doubled = Math.max(needed, 2 * current);
        return announced >= needed && announced < doubled ? (int) announced : doubled;
    }

    private void finish() {
        if (size > limit) {
            discard(Reason.TOO_LARGE);
        } else if (!isDecided() && !share.complete()) {
            discard(Reason.TOO_SLOW);
        } else if (!isDecided()) {
            byte[] body = content.length == kept ? content : Arrays.copyOf(content, kept);
            content = NOTHING;
            promise.tryComplete(body);
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
        content = NOTHING;
        onEventLoop(() -> discard(Reason.TOO_SLOW));
    }

    private void forget() {
        content = NOTHING;
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
