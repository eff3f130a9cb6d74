// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the headers of a webhook must say before its body is worth reading (prow-contract §2, rows 1 to 5). */
record WebhookHeaders(String event, String delivery, String signature) {

    static final String EVENT = "X-GitHub-Event";
    static final String DELIVERY = "X-GitHub-Delivery";
    static final String SIGNATURE = "X-Hub-Signature-256";

    /** The first thing that is wrong with a request, if anything is. */
    static Optional<WebhookResponse> rejection(HttpServerRequest request) {
        MultiMap headers = request.headers();
        if (!HttpMethod.POST.equals(request.method())) {
            return refused(HttpResponseStatus.METHOD_NOT_ALLOWED, "webhooks are sent with POST");
        }
        if (isEmpty(headers.get(EVENT))) {
            return refused(HttpResponseStatus.BAD_REQUEST, "missing " + EVENT + " header");
        }
        if (isEmpty(headers.get(DELIVERY))) {
            return refused(HttpResponseStatus.BAD_REQUEST, "missing " + DELIVERY + " header");
        }
        if (isEmpty(headers.get(SIGNATURE))) {
            return refused(HttpResponseStatus.FORBIDDEN, "missing " + SIGNATURE + " header");
        }
        if (!"application/json".equals(headers.get("Content-Type"))) {
            return refused(HttpResponseStatus.BAD_REQUEST, "the Content-Type must be exactly application/json");
        }
        return Optional.empty();
    }

    /** The headers of a request to which there is no {@linkplain #rejection objection}. */
    static WebhookHeaders of(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return new WebhookHeaders(headers.get(EVENT), headers.get(DELIVERY), headers.get(SIGNATURE));
    }

    private static Optional<WebhookResponse> refused(HttpResponseStatus status, String reason) {
        return Optional.of(WebhookResponse.rejected(status, reason));
    }

    private static boolean isEmpty(@Nullable String value) {
        return value == null || value.isEmpty();
    }
}
