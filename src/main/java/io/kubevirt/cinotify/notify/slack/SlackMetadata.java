// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.model.Message;
import java.util.Map;

/** The marker of a message in its metadata, which only programs see. */
final class SlackMetadata {

    /** Event type; the payload is {@code {"marker": …}}. */
    static final String EVENT_TYPE = "ci_notify";

    private static final String MARKER = "marker";

    private SlackMetadata() {}

    static Message.Metadata of(String marker) {
        return Message.Metadata.builder()
                .eventType(EVENT_TYPE)
                .eventPayload(Map.of(MARKER, marker))
                .build();
    }

    static boolean carries(Message message, String marker) {
        Message.Metadata metadata = message.getMetadata();
        return metadata != null
                && EVENT_TYPE.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && marker.equals(metadata.getEventPayload().get(MARKER));
    }
}
