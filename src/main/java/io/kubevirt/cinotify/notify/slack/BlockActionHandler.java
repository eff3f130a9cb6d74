// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.notify.SendException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Turns the use of buttons by members into incident actions; rejects other people. */
public final class BlockActionHandler {
    private static final Logger LOG = Logger.getLogger(BlockActionHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SlackApi api;
    private final Supplier<SlackContext> context;
    private final ActionButtons buttons;
    private final IncidentActionSink actions;
    private final InstantSource clock;

    public BlockActionHandler(
            SlackApi api,
            Supplier<SlackContext> context,
            ActionButtons buttons,
            IncidentActionSink actions,
            InstantSource clock) {
        this.api = api;
        this.context = context;
        this.buttons = buttons;
        this.actions = actions;
        this.clock = clock;
    }

    /**
     * Handles a payload of Slack.
     *
     * @return whether to acknowledge it; if not, Slack shows an error to the person
     */
    boolean handle(String payload) {
        try {
            Optional<BlockAction> action = BlockAction.parse(JSON.readTree(payload));
            action.ifPresent(this::handle);
            return true;
        } catch (JsonProcessingException e) {
            LOG.warnf("ignoring a Slack button payload that is not JSON: %s", e.getOriginalMessage());
            return true;
        } catch (RuntimeException e) {
            LOG.error("failed to handle a Slack button; Slack shows an error to the person", e);
            return false;
        }
    }

    private void handle(BlockAction action) {
        Optional<String> member = context.get().memberBySlackUser(action.user());
        if (member.isEmpty()) {
            LOG.infof("rejecting a button of Slack user %s, who is not a member", action.user());
            answer(
                    action,
                    "Only members whose Slack id is configured can use the buttons. Ask a member to add your id.");
            return;
        }
        actions.submit(action.toIncidentAction(member.get(), clock.instant(), buttons.snooze()))
                .ifPresent(reason -> answer(action, "Nothing was changed: " + reason + "."));
    }

    /** Only visible to that person; a failure has no consequences. */
    private void answer(BlockAction action, String text) {
        try {
            api.call(
                    action.channel(),
                    methods -> methods.chatPostEphemeral(post ->
                            post.channel(action.channel()).user(action.user()).text(text)));
        } catch (SendException e) {
            LOG.infof("failed to answer Slack user %s: %s", action.user(), e.result());
        }
    }

    /**
     * A use of a button below an incident.
     *
     * @param incident its id
     * @param area the new area; null unless {@link ActionButtons.Action#NOT_OURS}
     * @param user the Slack id of the person
     * @param channel the id of the channel; empty if Slack sent none
     */
    private record BlockAction(
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
            Optional<ActionButtons.Action> action =
                    action(element.path("action_id").asText());
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
}
