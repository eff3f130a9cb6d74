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
    /** Event type; the payload is {@code {"marker": …}}. */
    private static final String EVENT_TYPE = "ci_notify";

    private static final String MARKER = "marker";

    SlackMessage {
        blocks = List.copyOf(blocks);
    }

    /** Metadata with a marker, which only programs see. */
    static Message.Metadata metadata(String marker) {
        return Message.Metadata.builder()
                .eventType(EVENT_TYPE)
                .eventPayload(Map.of(MARKER, marker))
                .build();
    }

    static boolean hasMarker(Message message, String marker) {
        Message.Metadata metadata = message.getMetadata();
        return metadata != null
                && EVENT_TYPE.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && marker.equals(metadata.getEventPayload().get(MARKER));
    }
}
