// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a body up to a limit. A larger body is drained up to four times the limit: if the connection is closed during
 * the upload, the client cannot read the response.
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

    /** Call on the event loop before the handler returns. Fails with {@link BodyTooLargeException}. */
    static Future<byte[]> read(HttpServerRequest request, long limit) {
        BodyReader body = new BodyReader(limit);
        request.exceptionHandler(body.promise::tryFail).handler(body::append).endHandler(end -> body.finish());
        // Quarkus passes requests in paused state.
        request.resume();
        return body.promise.future();
    }

    private void append(Buffer chunk) {
        size += chunk.length();
        if (size <= limit) {
            buffer.appendBuffer(chunk);
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

    static final class BodyTooLargeException extends Exception {
        BodyTooLargeException(long limit) {
            super("the body is larger than " + limit + " bytes");
        }
    }
}
