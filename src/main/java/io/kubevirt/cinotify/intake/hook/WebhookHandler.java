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
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/** Answers one webhook: headers on the event loop, the body as it comes, the rest on a worker thread. */
public final class WebhookHandler implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger(WebhookHandler.class);

    private final Reception reception;
    private final DeliveryCounter counter;
    private final long largestBody;
    private final BytesInFlight bytes;

    /**
     * @param largestBody in bytes; GitHub sends up to 25 MB (prow-contract §12)
     * @param bytes how much of all bodies is held at once; beyond that a sender is asked to come again
     */
    public WebhookHandler(Reception reception, DeliveryCounter counter, long largestBody, BytesInFlight bytes) {
        this.reception = reception;
        this.counter = counter;
        this.largestBody = largestBody;
        this.bytes = bytes;
    }

    @Override
    public void handle(RoutingContext context) {
        WebhookHeaders.objection(context.request())
                .ifPresentOrElse(objection -> answer(context, objection), () -> receive(context));
    }

    private void receive(RoutingContext context) {
        long size = announced(context.request());
        if (!bytes.take(size)) {
            answer(context, Outcome.unavailable());
            return;
        }
        context.addEndHandler(end -> bytes.giveBack(size));
        WebhookHeaders headers = WebhookHeaders.of(context.request());
        LimitedBody.of(context.request(), largestBody)
                .onFailure(cause -> answer(context, unread(cause)))
                .onSuccess(body -> context.vertx()
                        .executeBlocking(() -> reception.receive(headers, body), false)
                        .onFailure(cause -> answer(context, defect(headers, cause)))
                        .onSuccess(outcome -> answer(context, outcome)));
    }

    /** What the sender says it will send; who does not say may send as much as anybody may. */
    private long announced(HttpServerRequest request) {
        try {
            String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            return length == null ? largestBody : Math.clamp(Long.parseLong(length), 0, largestBody);
        } catch (NumberFormatException e) {
            return largestBody;
        }
    }

    private static Outcome unread(Throwable cause) {
        return cause instanceof LimitedBody.TooLarge
                ? Outcome.refused(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
                : Outcome.failed("the body could not be read");
    }

    private static Outcome defect(WebhookHeaders headers, Throwable cause) {
        LOG.errorf(cause, "Delivery %s (%s) failed in an unforeseen way", headers.delivery(), headers.event());
        return Outcome.failed("ci-notify could not take the delivery; its log says why");
    }

    private void answer(RoutingContext context, Outcome outcome) {
        String event = context.request().getHeader(WebhookHeaders.EVENT);
        counter.count(event, outcome.result());
        LOG.debugf("Webhook %s ended with %s", event, outcome.text());
        PlainAnswer.send(context, outcome.status(), outcome.text());
    }
}
