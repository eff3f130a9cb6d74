// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.webhook.WebhookResponse.Result;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

public final class WebhookReceiver {
    private static final Logger LOG = Logger.getLogger(WebhookReceiver.class);

    private final SignatureValidator signatures;
    private final Set<String> events;
    private final Journal journal;
    private final InstantSource clock;
    /** Since the journal became unavailable; only the first is logged. */
    private final AtomicLong rejected = new AtomicLong();

    /** Events that are not in {@code events} are answered with 200 and dropped. */
    public WebhookReceiver(SignatureValidator signatures, Set<String> events, Journal journal, InstantSource clock) {
        this.signatures = signatures;
        this.events = Set.copyOf(events);
        this.journal = journal;
        this.clock = clock;
    }

    /** Blocks while the journal writes. */
    WebhookResponse receive(WebhookHeaders headers, byte[] body) {
        SignatureValidator.Result signature = signatures.validate(body, headers.signature());
        if (signature != SignatureValidator.Result.VALID) {
            return WebhookResponse.rejected(HttpResponseStatus.FORBIDDEN, signature.reason());
        }
        if (!events.contains(headers.event())) {
            return WebhookResponse.ok(Result.IGNORED, "event ignored");
        }
        try {
            Journal.AppendResult result = journal.append(delivery(headers, body));
            reportRecovery();
            return switch (result) {
                case APPENDED -> WebhookResponse.ok(Result.ACCEPTED, "stored");
                case DUPLICATE -> WebhookResponse.ok(Result.DUPLICATE, "duplicate delivery");
            };
        } catch (JournalUnavailableException e) {
            if (rejected.getAndIncrement() == 0) {
                LOG.errorf(
                        "Rejected delivery %s (%s); further rejections are counted, not logged: %s",
                        headers.delivery(), headers.event(), e.getMessage());
            }
            LOG.debugf(e, "Rejected delivery %s", headers.delivery());
            return WebhookResponse.unavailable();
        }
    }

    private void reportRecovery() {
        long count = rejected.getAndSet(0);
        if (count > 0) {
            LOG.warnf("Deliveries are stored again; %d were rejected with 503, redeliver them on GitHub", count);
        }
    }

    private Delivery delivery(WebhookHeaders headers, byte[] body) {
        return new Delivery(headers.delivery(), headers.event(), clock.instant(), body);
    }

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
}
