// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The required headers of a webhook, checked before the body is read (prow-contract §2, rows 1 to 5). */
record WebhookHeaders(String event, String delivery, String signature) {

    static final String EVENT = "X-GitHub-Event";
    static final String DELIVERY = "X-GitHub-Delivery";
    static final String SIGNATURE = "X-Hub-Signature-256";

    /** The response to an invalid request; empty if the headers are valid. */
    static Optional<WebhookResponse> rejection(HttpServerRequest request) {
        MultiMap headers = request.headers();
        if (!HttpMethod.POST.equals(request.method())) {
            return reject(HttpResponseStatus.METHOD_NOT_ALLOWED, "use POST");
        }
        if (isEmpty(headers.get(EVENT))) {
            return reject(HttpResponseStatus.BAD_REQUEST, "missing " + EVENT + " header");
        }
        if (isEmpty(headers.get(DELIVERY))) {
            return reject(HttpResponseStatus.BAD_REQUEST, "missing " + DELIVERY + " header");
        }
        if (isEmpty(headers.get(SIGNATURE))) {
            return reject(HttpResponseStatus.FORBIDDEN, "missing " + SIGNATURE + " header");
        }
        if (!"application/json".equals(headers.get("Content-Type"))) {
            return reject(HttpResponseStatus.BAD_REQUEST, "the Content-Type must be exactly application/json");
        }
        return Optional.empty();
    }

    /** The headers of a request without {@linkplain #rejection rejection}. */
    static WebhookHeaders of(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return new WebhookHeaders(headers.get(EVENT), headers.get(DELIVERY), headers.get(SIGNATURE));
    }

    private static Optional<WebhookResponse> reject(HttpResponseStatus status, String reason) {
        return Optional.of(WebhookResponse.rejected(status, reason));
    }

    private static boolean isEmpty(@Nullable String value) {
        return value == null || value.isEmpty();
    }
}
