// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.webhook.SignatureValidator.Validation;
import io.kubevirt.cinotify.source.webhook.WebhookResponse.Result;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

public final class WebhookReceiver {
    private static final Logger LOG = Logger.getLogger(WebhookReceiver.class);

    /** Its payload, of which a few hundred bytes are used, has 8 to 200 KB. */
    private static final String STATUS = "status";

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

    /** Begins with a body, before its first byte. */
    Validation begin(WebhookHeaders headers) {
        return signatures.begin(headers.signature());
    }

    /** Whether {@link #receive} reads the file of the keys, which blocks. */
    boolean readsKeys(Validation signature, byte[] body) {
        return signature.needsLatestKeys(body, StatusEventReader.FIELDS);
    }

    /** Completes when the delivery is on disk. */
    CompletionStage<WebhookResponse> receive(WebhookHeaders headers, Validation signature, byte[] body) {
        SignatureValidator.Result result = signature.end(body, StatusEventReader.FIELDS);
        if (result != SignatureValidator.Result.VALID) {
            return done(WebhookResponse.rejected(HttpResponseStatus.FORBIDDEN, result.reason()));
        }
        if (!events.contains(headers.event())) {
            return done(WebhookResponse.ok(Result.IGNORED, "event ignored"));
        }
        byte[] content = headers.event().equals(STATUS) ? signature.payload().document() : body;
        return journal.appendLater(new Delivery(headers.delivery(), headers.event(), clock.instant(), content))
                .handle((appended, failure) -> failure == null ? stored(appended) : unavailable(headers, failure));
    }

    private static CompletionStage<WebhookResponse> done(WebhookResponse response) {
        return CompletableFuture.completedStage(response);
    }

    private WebhookResponse stored(Journal.AppendResult appended) {
        reportRecovery();
        return switch (appended) {
            case APPENDED -> WebhookResponse.ok(Result.ACCEPTED, "stored");
            case DUPLICATE -> WebhookResponse.ok(Result.DUPLICATE, "duplicate delivery");
        };
    }

    private WebhookResponse unavailable(WebhookHeaders headers, Throwable thrown) {
        Throwable failure = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
        if (!(failure instanceof JournalUnavailableException)) {
            throw new CompletionException(failure);
        }
        if (rejected.getAndIncrement() == 0) {
            LOG.errorf(
                    "Rejected delivery %s (%s); further rejections are counted, not logged: %s",
                    headers.delivery(), headers.event(), failure.getMessage());
        }
        LOG.debugf(failure, "Rejected delivery %s", headers.delivery());
        return WebhookResponse.unavailable();
    }

    private void reportRecovery() {
        long count = rejected.getAndSet(0);
        if (count > 0) {
            LOG.warnf("Deliveries are stored again; %d were rejected with 503, redeliver them on GitHub", count);
        }
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
