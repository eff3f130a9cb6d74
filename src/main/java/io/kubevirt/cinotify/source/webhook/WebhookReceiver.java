// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.webhook.WebhookResponse.Result;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.InstantSource;
import java.util.Set;
import org.jboss.logging.Logger;

/** Validates, filters and stores a webhook. */
public final class WebhookReceiver {

    private static final Logger LOG = Logger.getLogger(WebhookReceiver.class);

    private final SignatureValidator signatures;
    private final Set<String> events;
    private final Journal journal;
    private final InstantSource clock;

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
            return switch (journal.append(delivery(headers, body))) {
                case APPENDED -> WebhookResponse.ok(Result.ACCEPTED, "stored");
                case DUPLICATE -> WebhookResponse.ok(Result.DUPLICATE, "duplicate delivery");
            };
        } catch (JournalUnavailableException e) {
            LOG.errorf("Rejected delivery %s (%s): %s", headers.delivery(), headers.event(), e.getMessage());
            LOG.debug("The journal is unavailable", e);
            return WebhookResponse.unavailable();
        }
    }

    private Delivery delivery(WebhookHeaders headers, byte[] body) {
        return new Delivery(headers.delivery(), headers.event(), clock.instant(), body);
    }
}
