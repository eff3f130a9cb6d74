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

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * How a request at the door ended: what is counted and what is answered.
 *
 * @param status the HTTP status
 * @param text the plain-text answer, beginning with the status; hook writes it to its log, so nothing secret goes in
 */
record Outcome(Result result, int status, String text) {

    /** The value of the metric's label {@code result}, in lower case. */
    enum Result {
        /** Stored; this is the only one that leads to any work. */
        ACCEPTED,
        /** A redelivery of something stored before. */
        DUPLICATE,
        /** Genuine, but of an event that ci-notify has no use for. */
        IGNORED,
        /** Not a webhook of GitHub's, or not a genuine one. */
        REFUSED,
        /** It could not be stored. */
        UNAVAILABLE,
        /** It could not be read, or ci-notify has a defect. */
        FAILED
    }

    static Outcome taken(Result result, String remark) {
        return of(result, HttpResponseStatus.OK, remark);
    }

    static Outcome refused(HttpResponseStatus status, String reason) {
        return of(Result.REFUSED, status, reason);
    }

    static Outcome unavailable() {
        return of(
                Result.UNAVAILABLE,
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "the delivery could not be stored; redeliver it later");
    }

    static Outcome failed(String what) {
        return of(Result.FAILED, HttpResponseStatus.INTERNAL_SERVER_ERROR, what);
    }

    private static Outcome of(Result result, HttpResponseStatus status, String remark) {
        return new Outcome(result, status.code(), status + ": " + remark);
    }
}
