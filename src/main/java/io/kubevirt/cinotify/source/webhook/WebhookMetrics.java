// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts every webhook request as {@code ci_notify_webhook_requests_total{event,result}}. */
public final class WebhookMetrics {
    private final MeterRegistry registry;
    private final Set<String> events;

    /** Any other event, which the client chooses, counts as "other". */
    public WebhookMetrics(MeterRegistry registry, Set<String> events) {
        this.registry = registry;
        this.events = Set.copyOf(events);
    }

    void count(@Nullable String event, WebhookResponse.Result result) {
        String label = event != null && events.contains(event) ? event : "other";
        Counter.builder("ci_notify.webhook.requests")
                .description("Webhook requests received, by GitHub event and result.")
                .tag("event", label)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
