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

import com.slack.api.model.Message;
import java.util.Map;

/** The identity of what we wrote, which Slack keeps with a message and shows to programs only. */
final class SlackMetadata {

    /** The type of our metadata; its payload is {@code {"marker": …}}. */
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
