// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a body up to a limit. A larger one is read on and dropped, up to four times the limit: who is cut off while
 * still sending does not get to read the answer.
 */
final class BodyReader {

    private static final int DRAIN_FACTOR = 4;

    private final Buffer buffer = Buffer.buffer();
    private final Promise<byte[]> promise = Promise.promise();
    private final long limit;
    private long size;

    private BodyReader(long limit) {
        this.limit = limit;
    }

    /**
     * Must be called on the event loop before the request is let go.
     *
     * @param limit in bytes
     * @return the body; fails with {@link BodyTooLargeException}, or with what broke the connection
     */
    static Future<byte[]> read(HttpServerRequest request, long limit) {
        BodyReader body = new BodyReader(limit);
        request.exceptionHandler(body.promise::tryFail).handler(body::append).endHandler(end -> body.finish());
        // Quarkus hands requests on paused.
        request.resume();
        return body.promise.future();
    }

    private void append(Buffer piece) {
        size += piece.length();
        if (size <= limit) {
            buffer.appendBuffer(piece);
        } else if (size > limit * DRAIN_FACTOR) {
            promise.tryFail(new BodyTooLargeException(limit));
        }
    }

    private void finish() {
        if (size > limit) {
            promise.tryFail(new BodyTooLargeException(limit));
        } else {
            promise.tryComplete(buffer.getBytes());
        }
    }

    /** More bytes than the limit. */
    static final class BodyTooLargeException extends Exception {

        private static final long serialVersionUID = 1L;

        BodyTooLargeException(long limit) {
            super("the body is larger than " + limit + " bytes");
        }
    }
}
