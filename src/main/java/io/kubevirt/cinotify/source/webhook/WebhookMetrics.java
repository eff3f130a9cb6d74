// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts every request at the door as {@code ci_notify_deliveries_total{event,result}}. */
public final class WebhookMetrics {

    private static final String METER = "ci_notify.deliveries";

    private final MeterRegistry registry;
    private final Set<String> events;

    /** @param events the names that may become label values; the sender chooses the header, so all others are "other" */
    public WebhookMetrics(MeterRegistry registry, Set<String> events) {
        this.registry = registry;
        this.events = Set.copyOf(events);
    }

    void count(@Nullable String event, WebhookResponse.Result result) {
        String known = event != null && events.contains(event) ? event : "other";
        registry.counter(METER, "event", known, "result", result.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
