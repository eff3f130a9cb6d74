/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.intake.hook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a body up to a limit. A larger one is read on and dropped, up to four times the limit: who is cut off while
 * still sending does not get to read the answer.
 */
final class LimitedBody {

    private static final int PATIENCE = 4;

    private final Buffer kept = Buffer.buffer();
    private final Promise<byte[]> promise = Promise.promise();
    private final long limit;
    private long size;

    private LimitedBody(long limit) {
        this.limit = limit;
    }

    /**
     * Must be called on the event loop before the request is let go.
     *
     * @param limit in bytes
     * @return the body; fails with {@link TooLarge}, or with what broke the connection
     */
    static Future<byte[]> of(HttpServerRequest request, long limit) {
        LimitedBody body = new LimitedBody(limit);
        request.exceptionHandler(body.promise::tryFail).handler(body::take).endHandler(end -> body.finish());
        // Quarkus hands requests on paused.
        request.resume();
        return body.promise.future();
    }

    private void take(Buffer piece) {
        size += piece.length();
        if (size <= limit) {
            kept.appendBuffer(piece);
        } else if (size > limit * PATIENCE) {
            promise.tryFail(new TooLarge(limit));
        }
    }

    private void finish() {
        if (size > limit) {
            promise.tryFail(new TooLarge(limit));
        } else {
            promise.tryComplete(kept.getBytes());
        }
    }

    /** More bytes than the limit. */
    static final class TooLarge extends Exception {

        private static final long serialVersionUID = 1L;

        TooLarge(long limit) {
            super("the body is larger than " + limit + " bytes");
        }
    }
}
