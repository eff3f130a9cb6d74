// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.model.Message;
import com.slack.api.model.block.LayoutBlock;
import java.util.List;
import java.util.Map;

/**
 * A Slack message.
 *
 * @param text shown where blocks are not, such as in notifications; mrkdwn
 */
record SlackMessage(String text, List<LayoutBlock> blocks) {
    /** Event type; the payload is {@code {"marker": …, "shown": …}}. */
    private static final String EVENT_TYPE = "ci_notify";

    private static final String MARKER = "marker";
    private static final String SHOWN = "shown";

    SlackMessage {
        blocks = List.copyOf(blocks);
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
