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
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends a short text; the one way in which the door says no. */
final class PlainAnswer {

    private PlainAnswer() {}

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
