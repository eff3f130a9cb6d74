/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.incident.policy.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody used a button below an incident.
 *
 * @param incident its identity
 * @param action what is wanted
 * @param area whose it is instead; null unless {@link ButtonRow.Action#NOT_OURS}
 * @param user the Slack id of the person
 * @param channel the id of the channel in which it happened; empty if Slack did not say
 */
record ButtonPress(
        String incident, ButtonRow.Action action, @Nullable String area, String user, String channel) {

    /** Reads what Slack sends; empty for what is not about one of our buttons. */
    static Optional<ButtonPress> read(JsonNode payload) {
        JsonNode pressed = payload.path("actions").path(0);
        String row = pressed.path("block_id").asText();
        String user = payload.path("user").path("id").asText();
        Optional<ButtonRow.Action> action = action(pressed.path("action_id").asText());
        if (!payload.path("type").asText().equals("block_actions")
                || !row.startsWith(ButtonRow.ROW)
                || user.isEmpty()
                || action.isEmpty()) {
            return Optional.empty();
        }
        String area = pressed.path("selected_option").path("value").asText();
        if (action.get() == ButtonRow.Action.NOT_OURS && area.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ButtonPress(
                row.substring(ButtonRow.ROW.length()),
                action.get(),
                area.isEmpty() ? null : area,
                user,
                payload.path("channel").path("id").asText()));
    }

    private static Optional<ButtonRow.Action> action(String id) {
        for (ButtonRow.Action action : ButtonRow.Action.values()) {
            if (action.id().equals(id)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /** What it asks of the core. */
    Command command(String handle, Instant now, Duration snooze) {
        return switch (action) {
            case ACKNOWLEDGE -> new Command.Acknowledge(incident, handle);
            case SNOOZE -> new Command.Snooze(incident, handle, now.plus(snooze));
            case NOT_OURS -> new Command.Reassign(incident, handle, null, area);
        };
    }
}
