// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.incident.Notification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said. */
public sealed interface OutgoingMessage {

    /** The identity of what was decided; it reaches each of its places once. */
    String id();

    /** What belongs together: at each place there is one root for it, all else changes that root or stands below it. */
    String thread();

    /**
     * News of an incident.
     *
     * @param notification what the core wants said
     * @param why the trace of the decision
     */
    record IncidentMessage(@JsonAlias("message") Notification notification, List<String> why)
            implements OutgoingMessage {
        /** Copies the trace. */
        public IncidentMessage {
            why = List.copyOf(why);
        }

        @Override
        public String id() {
            return notification.id();
        }

        @Override
        public String thread() {
            return notification.incident().id();
        }
    }

    /**
     * A text of our own that is about no single incident: an answer to a command, a digest, word of the plugin itself.
     *
     * @param id its identity
     * @param thread what it answers or continues
     * @param channel the only channel that it is for
     * @param destination the only place that it is for, in that channel's words
     * @param title one line
     * @param markdown the text in GitHub's Markdown, outside text in it already escaped
     * @param replaces whether it takes the place of the letter that stands there for its thread
     * @param mrkdwn the text in Slack's own markup, in short if it is long; null if Slack gets the Markdown
     */
    record TextMessage(
            String id,
            String thread,
            String channel,
            @JsonAlias("place") String destination,
            String title,
            String markdown,
            boolean replaces,
            @Nullable String mrkdwn)
            implements OutgoingMessage {

        /** One that is the same everywhere. */
        public TextMessage(
                String id,
                String thread,
                String channel,
                String destination,
                String title,
                String markdown,
                boolean replaces) {
            this(id, thread, channel, destination, title, markdown, replaces, null);
        }

        /** One that replaces none. */
        public TextMessage(
                String id, String thread, String channel, String destination, String title, String markdown) {
            this(id, thread, channel, destination, title, markdown, false);
        }
    }
}
