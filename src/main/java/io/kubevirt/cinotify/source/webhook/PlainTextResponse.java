// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends a short text; the one way in which the door says no. */
final class PlainTextResponse {

    private PlainTextResponse() {}

    /** Does nothing if the peer is gone or has an answer already. */
    static void send(RoutingContext context, int status, String text) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8");
        if (status == HttpResponseStatus.METHOD_NOT_ALLOWED.code()) {
            response.putHeader("Allow", "POST");
        }
        if (status == HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.code()) {
            response.putHeader("Connection", "close");
        }
        response.end(text + "\n");
        // What is left of the body must be drained, or a sender that writes before it reads never sees the answer.
        context.request().resume();
    }
}
