// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.source.webhook.WebhookReceiver.WebhookHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Handles one webhook: headers and body on the event loop, signature and journal on a worker thread. */
public final class WebhookHandler implements Handler<RoutingContext> {
    private static final Logger LOG = Logger.getLogger(WebhookHandler.class);

    private final WebhookReceiver receiver;
    private final WebhookMetrics metrics;
    private final long maxBodyBytes;
    private final InFlightLimit inFlight;

    /** GitHub sends up to 25 MB (prow-contract §12); beyond {@code inFlight} for all bodies the response is 503. */
    public WebhookHandler(WebhookReceiver receiver, WebhookMetrics metrics, long maxBodyBytes, InFlightLimit inFlight) {
        this.receiver = receiver;
        this.metrics = metrics;
        this.maxBodyBytes = maxBodyBytes;
        this.inFlight = inFlight;
    }

    @Override
    public void handle(RoutingContext context) {
        WebhookHeaders.rejection(context.request())
                .ifPresentOrElse(response -> respond(context, response), () -> receive(context));
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
                        .onFailure(cause -> respond(context, internalError(headers, cause)))
                        .onSuccess(response -> respond(context, response)));
    }

    /** Content-Length; the maximum if it is missing or invalid. */
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

    /**
     * Limits the total size of the bodies in memory. Bodies are read before their signature is verified, so an
     * unauthenticated client could otherwise exhaust the memory.
     */
    public static final class InFlightLimit {
        private final long limit;
        private final AtomicLong acquired = new AtomicLong();

        public InFlightLimit(long limit) {
            this.limit = limit;
        }

        /** A quarter of the maximum heap; each body is in memory about twice. */
        public static InFlightLimit ofThisProcess() {
            return new InFlightLimit(Runtime.getRuntime().maxMemory() / 4);
        }

        /** Always admits one body, whatever its size. */
        boolean tryAcquire(long bytes) {
            long before = acquired.getAndAdd(bytes);
            if (before > 0 && before + bytes > limit) {
                acquired.addAndGet(-bytes);
                return false;
            }
            return true;
        }

        void release(long bytes) {
            acquired.addAndGet(-bytes);
        }
    }
}
