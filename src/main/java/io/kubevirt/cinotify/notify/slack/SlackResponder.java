// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;
import static com.slack.api.model.view.Views.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.model.block.LayoutBlock;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.template.SlackMrkdwn;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Answers the person who did something on Slack; nobody else sees it. An answer that fails is logged and not sent again: what the
 * person asked for is done.
 */
public final class SlackResponder {
    private static final Logger LOG = Logger.getLogger(SlackResponder.class);
    private static final String HOOKS = "hooks.slack.com";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_ERROR = 300;
    private static final int LONGEST = 2_900;
    private static final int MOST_BLOCKS = 100;

    private final SlackApi api;
    private final Supplier<SlackContext> context;

    public SlackResponder(SlackApi api, Supplier<SlackContext> context) {
        this.api = api;
        this.context = context;
    }

    /** The GitHub handle of the person; empty if no entry of {@code roster.members} has the id. */
    public Optional<String> handleOf(SlackRequest request) {
        return context.get().handleOf(request.team(), request.user());
    }

    /** @param mrkdwn with outside text escaped */
    public void answer(SlackRequest request, String mrkdwn) {
        String text = new SlackMrkdwn().truncate(mrkdwn, LONGEST);
        String url = request.responseUrl();
        try {
            if (url != null && isOfSlack(url)) {
                int status = api.sdk()
                        .send(url, JSON.writeValueAsString(Map.of("response_type", "ephemeral", "text", text)))
                        .getCode();
                if (status >= FIRST_ERROR) {
                    LOG.infof("Slack did not take the answer to user %s: HTTP %d", request.user(), status);
                }
            } else if (!request.channel().isEmpty()) {
                api.call(
                        request.channel(),
                        methods -> methods.chatPostEphemeral(post -> post.channel(request.channel())
                                .user(request.user())
                                .text(text)));
            }
        } catch (IOException e) {
            LOG.infof("failed to answer Slack user %s: %s", request.user(), e.getMessage());
        } catch (SendException e) {
            LOG.infof("failed to answer Slack user %s: %s", request.user(), e.result());
        }
    }

    /** Shows the Home tab; the parts in mrkdwn, with outside text escaped. */
    public void showHome(SlackRequest request, List<String> parts) {
        List<LayoutBlock> blocks = parts.stream()
                .limit(MOST_BLOCKS)
                .map(part -> new SlackMrkdwn().truncate(part, LONGEST))
                .<LayoutBlock>map(part -> section(block -> block.text(markdownText(part))))
                .toList();
        try {
            api.call(
                    "the Home tab",
                    methods -> methods.viewsPublish(publish -> publish.userId(request.user())
                            .view(view(home -> home.type("home").blocks(blocks)))));
        } catch (SendException e) {
            LOG.infof("failed to show the Home tab of Slack user %s: %s", request.user(), e.result());
        }
    }

    /** Only Slack, or the proxy that stands for it, gets what we answer. */
    private boolean isOfSlack(String url) {
        try {
            String host = String.valueOf(URI.create(url).getAuthority());
            return host.equals(HOOKS) || host.equals(api.host());
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }
}
