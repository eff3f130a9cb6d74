// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.source.webhook.RequestBodies.UnreadBodyException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** The response to a webhook and the result to count. Hook logs the text, so it must not contain secrets. */
record WebhookResponse(Result result, int status, String text) {
    /** Lower case values of the metric label {@code result}. */
    enum Result {
        /** Stored and to be processed. */
        ACCEPTED,
        /** A redelivery of a stored delivery. */
        DUPLICATE,
        /** Valid, but ci-notify does not use this event. */
        IGNORED,
        /** Not a webhook, or an invalid signature. */
        REFUSED,
        /** The journal is unavailable, or bodies use all memory for them. */
        UNAVAILABLE,
        /** The body was cut, badly encoded or too slow. Anyone can cause it, so it is no failure of this plugin. */
        BROKEN,
        /** An internal error. */
        FAILED
    }

    static WebhookResponse ok(Result result, String reason) {
        return of(result, HttpResponseStatus.OK, reason);
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

    static WebhookResponse failed(String reason) {
        return of(Result.FAILED, HttpResponseStatus.INTERNAL_SERVER_ERROR, reason);
    }

    static WebhookResponse unread(UnreadBodyException.Reason reason) {
        return switch (reason) {
            case TOO_LARGE -> rejected(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large");
            case NO_SPACE -> unavailable();
            case TOO_SLOW -> of(Result.BROKEN, HttpResponseStatus.REQUEST_TIMEOUT, "the body arrives too slowly");
            case BROKEN -> of(Result.BROKEN, HttpResponseStatus.BAD_REQUEST, "the body could not be read");
        };
    }

    private static WebhookResponse of(Result result, HttpResponseStatus status, String reason) {
        return new WebhookResponse(result, status.code(), status + ": " + reason);
    }

    void send(RoutingContext context) {
        send(context, status, text);
    }

    /** Does nothing if the connection is closed or has a response already. */
    static void send(RoutingContext context, int status, String text) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8");
        if (status == HttpResponseStatus.METHOD_NOT_ALLOWED.code()) {
            response.putHeader("Allow", "POST");
        }
        boolean isLast = status == HttpResponseStatus.REQUEST_TIMEOUT.code()
                || status == HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.code();
        if (isLast) {
            response.putHeader("Connection", "close");
        }
        response.end(text + "\n").onComplete(sent -> {
            if (isLast) {
                context.request().connection().close();
            }
        });
        // Drain the rest of the body; otherwise a client that writes before it reads never sees the response.
        context.request().resume();
    }
}
