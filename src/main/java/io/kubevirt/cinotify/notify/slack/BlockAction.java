// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.incident.IncidentAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A use of a button below an incident.
 *
 * @param incident its id
 * @param area the new area; null unless {@link ActionButtons.Action#NOT_OURS}
 * @param user the Slack id of the person
 * @param channel the id of the channel; empty if Slack sent none
 */
record BlockAction(
        String incident,
        ActionButtons.Action action,
        @Nullable String area,
        String user,
        String channel) {

    /** Parses the payload; empty if it is not about one of our buttons. */
    static Optional<BlockAction> parse(JsonNode payload) {
        JsonNode element = payload.path("actions").path(0);
        String row = element.path("block_id").asText();
        String user = payload.path("user").path("id").asText();
        Optional<ActionButtons.Action> action = action(element.path("action_id").asText());
        if (!payload.path("type").asText().equals("block_actions")
                || !row.startsWith(ActionButtons.BLOCK_ID_PREFIX)
                || user.isEmpty()
                || action.isEmpty()) {
            return Optional.empty();
        }
        String area = element.path("selected_option").path("value").asText();
        if (action.get() == ActionButtons.Action.NOT_OURS && area.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BlockAction(
                row.substring(ActionButtons.BLOCK_ID_PREFIX.length()),
                action.get(),
                area.isEmpty() ? null : area,
                user,
                payload.path("channel").path("id").asText()));
    }

    private static Optional<ActionButtons.Action> action(String id) {
        for (ActionButtons.Action action : ActionButtons.Action.values()) {
            if (action.id().equals(id)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    IncidentAction toIncidentAction(String handle, Instant now, Duration snooze) {
        return switch (action) {
            case ACKNOWLEDGE -> new IncidentAction.Acknowledge(incident, handle);
            case SNOOZE -> new IncidentAction.Snooze(incident, handle, now.plus(snooze));
            case NOT_OURS -> new IncidentAction.Reassign(incident, handle, null, area);
        };
    }
}
