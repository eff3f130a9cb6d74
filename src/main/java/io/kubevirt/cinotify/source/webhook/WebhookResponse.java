// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * How a request at the door ended: what is counted and what is answered.
 *
 * @param status the HTTP status
 * @param text the plain-text answer, beginning with the status; hook writes it to its log, so nothing secret goes in
 */
record WebhookResponse(Result result, int status, String text) {

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

    static WebhookResponse ok(Result result, String remark) {
        return of(result, HttpResponseStatus.OK, remark);
    }

    static WebhookResponse rejected(HttpResponseStatus status, String reason) {
        return of(Result.REFUSED, status, reason);
    }

    static WebhookResponse unavailable() {
        return of(
                Result.UNAVAILABLE,
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "the delivery could not be stored; redeliver it later");
    }

    static WebhookResponse failed(String what) {
        return of(Result.FAILED, HttpResponseStatus.INTERNAL_SERVER_ERROR, what);
    }

    private static WebhookResponse of(Result result, HttpResponseStatus status, String remark) {
        return new WebhookResponse(result, status.code(), status + ": " + remark);
    }
}
