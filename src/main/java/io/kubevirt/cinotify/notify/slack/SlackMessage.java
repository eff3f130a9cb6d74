// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.model.Message;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.MarkdownBlock;
import com.slack.api.model.block.SectionBlock;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.SlackMrkdwn;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Slack message.
 *
 * @param text shown where blocks are not, such as in notifications; mrkdwn
 */
record SlackMessage(String text, List<LayoutBlock> blocks) {
    /** Event type; the payload is {@code {"marker": …, "shown": …}}. */
    private static final String EVENT_TYPE = "ci_notify";

    /** Slack's limit for the text of an update is 4,000 characters. */
    private static final int LONGEST_TEXT = 3_000;

    private static final String MARKER = "marker";
    private static final String SHOWN = "shown";

    SlackMessage {
        blocks = List.copyOf(blocks);
    }

    /** Only text: that of the blocks, shortened. An empty list of blocks removes those of an edited message. */
    SlackMessage shortened() {
        Markup mrkdwn = new SlackMrkdwn();
        String body = blocks.stream()
                .map(block -> switch (block) {
                    case SectionBlock section ->
                        section.getText() == null ? "" : section.getText().getText();
                    case MarkdownBlock markdown -> mrkdwn.text(markdown.getText());
                    default -> "";
                })
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
        return new SlackMessage(mrkdwn.truncate(body.isEmpty() ? text : text + "\n" + body, LONGEST_TEXT), List.of());
    }

    /**
     * Metadata, which only programs see.
     *
     * @param marker by which the message is found
     * @param shown marker of the message whose state it shows
     */
    static Message.Metadata metadata(String marker, String shown) {
        return Message.Metadata.builder()
                .eventType(EVENT_TYPE)
                .eventPayload(Map.of(MARKER, marker, SHOWN, shown))
                .build();
    }

    static boolean hasMarker(Message message, String marker) {
        return has(message, MARKER, marker);
    }

    static boolean shows(Message message, String shown) {
        return has(message, SHOWN, shown);
    }

    private static boolean has(Message message, String name, String value) {
        Message.Metadata metadata = message.getMetadata();
        return metadata != null
                && EVENT_TYPE.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && value.equals(metadata.getEventPayload().get(name));
    }
}
