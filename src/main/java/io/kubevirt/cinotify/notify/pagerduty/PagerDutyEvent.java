// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.pagerduty;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.template.MessageModel;
import io.kubevirt.cinotify.notify.template.PlainTextMarkup;
import java.util.Locale;

/**
 * An event of the Events API v2. The incident is the key, so that a repeated event changes nothing, and PagerDuty drops an
 * acknowledgement or a resolution without an alert.
 *
 * @see <a href="https://developer.pagerduty.com/docs/events-api-v2-overview">PagerDuty's documentation</a>
 */
enum PagerDutyEvent {
    TRIGGER,
    ACKNOWLEDGE,
    RESOLVE;

    private static final String SOURCE = "ci-notify";
    private static final PlainTextMarkup PLAIN = new PlainTextMarkup();
    private static final int LONGEST_SUMMARY = 1_024;
    private static final int LONGEST_KEY = 255;

    /** An event is at most 512 KB. */
    private static final int LONGEST_TEXT = 32_000;

    private static final int MOST_LINKS = 10;

    /** Whether PagerDuty has to get a notification. An acknowledgement or a resolution goes there whatever it was before. */
    static boolean isNeeded(NotificationKind kind, IncidentView incident) {
        return of(incident) != TRIGGER || kind == NotificationKind.ESCALATED && incident.blocking();
    }

    /** What brings an alert into the state of an incident; the kind of the notification does not matter. */
    static PagerDutyEvent of(IncidentView incident) {
        if (incident.state().isOver() || incident.foldedInto() != null) {
            return RESOLVE;
        }
        return incident.acknowledgedBy() == null && incident.snoozedUntil() == null ? TRIGGER : ACKNOWLEDGE;
    }

    private static PagerDutyEvent of(OutgoingMessage message) {
        return switch (message) {
            case OutgoingMessage.IncidentMessage incident ->
                of(incident.notification().incident());
            case OutgoingMessage.TextMessage text -> TRIGGER;
        };
    }

    static ObjectNode of(AddressedMessage message, String routingKey, MessageRenderer renderer) {
        PagerDutyEvent event = of(message.message());
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("routing_key", routingKey)
                .put("event_action", event.name().toLowerCase(Locale.ROOT))
                .put("dedup_key", key(message))
                .put("client", SOURCE);
        if (event == TRIGGER) {
            payload(body, message, renderer);
        }
        return body;
    }

    static String key(AddressedMessage message) {
        String key = message.rootMarker();
        return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }

    private static void payload(ObjectNode body, AddressedMessage message, MessageRenderer renderer) {
        ObjectNode payload = body.putObject("payload")
                .put("summary", PLAIN.truncate(renderer.title(message), LONGEST_SUMMARY))
                .put("source", SOURCE);
        payload.putObject("custom_details").put("message", PLAIN.truncate(renderer.root(message), LONGEST_TEXT));
        switch (message.message()) {
            case OutgoingMessage.IncidentMessage incident -> {
                MessageModel model = renderer.model(incident.notification());
                payload.put("severity", "critical")
                        .put("timestamp", incident.notification().decidedAt().toString())
                        .put("component", model.title())
                        .put("group", model.finding().area())
                        .put("class", model.finding().cause());
                model.links().stream().limit(MOST_LINKS).forEach(link -> body.withArray("links")
                        .addObject()
                        .put("href", link.url())
                        .put("text", link.text()));
            }
            case OutgoingMessage.TextMessage text -> payload.put("severity", "info");
        }
    }
}
