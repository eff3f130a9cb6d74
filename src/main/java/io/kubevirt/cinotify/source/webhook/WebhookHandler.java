// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.source.webhook.RequestBodies.UnreadBodyException;
import io.kubevirt.cinotify.source.webhook.SignatureValidator.Validation;
import io.kubevirt.cinotify.source.webhook.WebhookReceiver.WebhookHeaders;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/** Handles one webhook on the event loop; a large payload is parsed, and the file of the keys read, on a worker thread. */
public final class WebhookHandler implements Handler<RoutingContext> {
    private static final Logger LOG = Logger.getLogger(WebhookHandler.class);

    private final WebhookReceiver receiver;
    private final WebhookMetrics metrics;
    private final long maxBodyBytes;
    private final RequestBodies bodies;

    /** GitHub sends up to 25 MB (prow-contract §12). */
    public WebhookHandler(WebhookReceiver receiver, WebhookMetrics metrics, long maxBodyBytes, RequestBodies bodies) {
        this.receiver = receiver;
        this.metrics = metrics;
        this.maxBodyBytes = maxBodyBytes;
        this.bodies = bodies;
    }

    @Override
    public void handle(RoutingContext context) {
        WebhookHeaders.rejection(context.request())
                .ifPresentOrElse(response -> respond(context, response), () -> receive(context));
    }

    private void receive(RoutingContext context) {
        WebhookHeaders headers = WebhookHeaders.of(context.request());
        Validation signature = receiver.begin(headers);
        bodies.read(context.request(), maxBodyBytes, signature::update, body -> receive(headers, signature, body))
                .onFailure(cause -> respond(
                        context,
                        cause instanceof UnreadBodyException unread
                                ? WebhookResponse.unread(unread.reason())
                                : internalError(headers, cause)))
                .onSuccess(response -> respond(context, response));
    }

    private Future<WebhookResponse> receive(WebhookHeaders headers, Validation signature, byte[] body) {
        Context eventLoop = Vertx.currentContext();
        return (body.length <= BodyBudget.SMALL_BYTES && !receiver.readsKeys(signature, body)
                        ? Future.succeededFuture(receiver.receive(headers, signature, body))
                        : eventLoop.executeBlocking(() -> receiver.receive(headers, signature, body), false))
                .compose(stored -> Future.fromCompletionStage(stored, eventLoop));
    }

    private static WebhookResponse internalError(WebhookHeaders headers, Throwable cause) {
        LOG.errorf(cause, "Delivery %s (%s) failed unexpectedly", headers.delivery(), headers.event());
        return WebhookResponse.failed("internal error, see the log of ci-notify");
    }

    private void respond(RoutingContext context, WebhookResponse response) {
        String event = context.request().getHeader(WebhookHeaders.EVENT);
        metrics.count(event, response.result());
        LOG.debugf("Webhook %s ended with %s", event, response.text());
        response.send(context);
    }
}
