// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.notify.SendException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Makes requests of the buttons that members of the group use; others are told that they cannot. */
public final class BlockActionHandler {

    private static final Logger LOG = Logger.getLogger(BlockActionHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SlackApi api;
    private final Supplier<SlackContext> context;
    private final ActionButtons buttons;
    private final IncidentActionSink actions;
    private final InstantSource clock;

    /** @param actions where the wishes go */
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
     * Takes what Slack sends of a button.
     *
     * @return whether Slack may be told that it has arrived; if not, it shows the person that it did not work
     */
    boolean handle(String payload) {
        try {
            Optional<BlockAction> action = BlockAction.parse(JSON.readTree(payload));
            action.ifPresent(this::handle);
            return true;
        } catch (JsonProcessingException e) {
            LOG.warnf("Slack sent something that is not JSON for a button: %s", e.getOriginalMessage());
            return true;
        } catch (RuntimeException e) {
            LOG.error("a button could not be taken; the person sees that, and can use it again", e);
            return false;
        }
    }

    private void handle(BlockAction action) {
        Optional<String> member = context.get().memberBySlackUser(action.user());
        if (member.isPresent()) {
            actions.submit(action.toIncidentAction(member.get(), clock.instant(), buttons.snooze()));
        } else {
            rejectNonMember(action);
        }
    }

    /** Only that person sees it; if it cannot be said, nothing is lost. */
    private void rejectNonMember(BlockAction action) {
        LOG.infof("Slack user %s used a button, but is no member of the group", action.user());
        try {
            api.call(
                    action.channel(),
                    methods -> methods.chatPostEphemeral(post -> post.channel(action.channel())
                            .user(action.user())
                            .text("This is for the members of the group whose Slack ids are in the settings:"
                                    + " ask one of them to add yours.")));
        } catch (SendException e) {
            LOG.infof("the person could not be told: %s", e.result());
        }
    }
}
