// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/** Answers one webhook: headers on the event loop, the body as it comes, the rest on a worker thread. */
public final class WebhookHandler implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger(WebhookHandler.class);

    private final WebhookReceiver receiver;
    private final WebhookMetrics metrics;
    private final long maxBodyBytes;
    private final InFlightLimit inFlight;

    /**
     * @param largestBody in bytes; GitHub sends up to 25 MB (prow-contract §12)
     * @param bytes how much of all bodies is held at once; beyond that a sender is asked to come again
     */
    public WebhookHandler(WebhookReceiver reception, WebhookMetrics counter, long largestBody, InFlightLimit bytes) {
        this.receiver = reception;
        this.metrics = counter;
        this.maxBodyBytes = largestBody;
        this.inFlight = bytes;
    }

    @Override
    public void handle(RoutingContext context) {
        WebhookHeaders.rejection(context.request())
                .ifPresentOrElse(objection -> respond(context, objection), () -> receive(context));
    }

    private void receive(RoutingContext context) {
        long size = announcedLength(context.request());
        if (!inFlight.tryAcquire(size)) {
            respond(context, WebhookResponse.unavailable());
            return;
        }
        context.addEndHandler(end -> inFlight.release(size));
        WebhookHeaders headers = WebhookHeaders.of(context.request());
        BodyReader.read(context.request(), maxBodyBytes)
                .onFailure(cause -> respond(context, unreadableBody(cause)))
                .onSuccess(body -> context.vertx()
                        .executeBlocking(() -> receiver.receive(headers, body), false)
                        .onFailure(cause -> respond(context, defect(headers, cause)))
                        .onSuccess(outcome -> respond(context, outcome)));
    }

    /** What the sender says it will send; who does not say may send as much as anybody may. */
    private long announcedLength(HttpServerRequest request) {
        try {
            String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            return length == null ? maxBodyBytes : Math.clamp(Long.parseLong(length), 0, maxBodyBytes);
        } catch (NumberFormatException e) {
            return maxBodyBytes;
        }
    }

    private static WebhookResponse unreadableBody(Throwable cause) {
        return cause instanceof BodyReader.BodyTooLargeException
                ? WebhookResponse.rejected(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
                : WebhookResponse.failed("the body could not be read");
    }

    private static WebhookResponse defect(WebhookHeaders headers, Throwable cause) {
        LOG.errorf(cause, "Delivery %s (%s) failed in an unforeseen way", headers.delivery(), headers.event());
        return WebhookResponse.failed("ci-notify could not take the delivery; its log says why");
    }

    private void respond(RoutingContext context, WebhookResponse outcome) {
        String event = context.request().getHeader(WebhookHeaders.EVENT);
        metrics.count(event, outcome.result());
        LOG.debugf("Webhook %s ended with %s", event, outcome.text());
        PlainTextResponse.send(context, outcome.status(), outcome.text());
    }
}
