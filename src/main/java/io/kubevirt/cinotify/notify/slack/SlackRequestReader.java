// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads Slack's payloads, which are the same through Socket Mode and HTTP.
 *
 * @param snooze of a Snooze button that names no time: those of older versions
 */
record SlackRequestReader(Duration snooze) {
    private static final int LONGEST_TEXT = 2_000;

    /** Empty if the payload is not about this app's buttons, command or Home tab. */
    Optional<SlackRequest> read(JsonNode payload) {
        if (payload.path("type").asText().equals("block_actions")) {
            return button(payload);
        }
        if (payload.path("event").path("type").asText().equals("app_home_opened")) {
            return home(payload);
        }
        return payload.path("command").asText().startsWith("/") ? command(payload) : Optional.empty();
    }

    private Optional<SlackRequest> button(JsonNode payload) {
        JsonNode element = payload.path("actions").path(0);
        String row = element.path("block_id").asText();
        Optional<ActionButtons.Action> action = Arrays.stream(ActionButtons.Action.values())
                .filter(each -> each.id().equals(element.path("action_id").asText()))
                .findFirst();
        if (action.isEmpty() || !row.startsWith(ActionButtons.BLOCK_ID_PREFIX)) {
            return Optional.empty();
        }
        String value = element.path("selected_option").path("value").asText();
        if (action.get() == ActionButtons.Action.SNOOZE && value.isEmpty()) {
            value = snooze.toMinutes() + "m";
        }
        if (action.get() == ActionButtons.Action.NOT_OURS && value.isEmpty()) {
            return Optional.empty();
        }
        String text =
                String.join(" ", action.get().verb(), value, row.substring(ActionButtons.BLOCK_ID_PREFIX.length()));
        JsonNode user = payload.path("user");
        String team = payload.path("team").path("id").asText();
        return request(
                payload.path("trigger_id").asText(),
                team.isEmpty() ? user.path("team_id").asText() : team,
                user.path("id").asText(),
                payload,
                text);
    }

    private static Optional<SlackRequest> command(JsonNode form) {
        String text = form.path("text").asText();
        return request(
                form.path("trigger_id").asText(),
                form.path("team_id").asText(),
                form.path("user_id").asText(),
                form,
                text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
    }

    private static Optional<SlackRequest> home(JsonNode payload) {
        JsonNode event = payload.path("event");
        return event.path("tab").asText("home").equals("home")
                ? request(
                        payload.path("event_id").asText(),
                        payload.path("team_id").asText(),
                        event.path("user").asText(),
                        payload,
                        null)
                : Optional.empty();
    }

    private static Optional<SlackRequest> request(
            String id, String team, String user, JsonNode payload, @Nullable String text) {
        if (id.isEmpty() || user.isEmpty()) {
            return Optional.empty();
        }
        JsonNode channel = payload.path("channel");
        String responseUrl = payload.path("response_url").asText();
        return Optional.of(new SlackRequest(
                id,
                team,
                user,
                channel.path("id").asText(payload.path("channel_id").asText()),
                channel.path("name").asText(payload.path("channel_name").asText()),
                text,
                responseUrl.isEmpty() ? null : responseUrl));
    }
}
