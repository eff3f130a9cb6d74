// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.incident.Notification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message before it is addressed. */
public sealed interface OutgoingMessage {
    /** Begins a reason that was added when the message was withdrawn. */
    String WITHDRAWN = "withdrawn: ";

    /** Id of the decision; each destination gets it once. */
    String id();

    /** Id of the thread: each destination has one root for it; other messages edit the root or reply to it. */
    String thread();

    /**
     * A notification about an incident.
     *
     * @param why the steps of the decision
     */
    record IncidentMessage(@JsonAlias("message") Notification notification, List<String> why)
            implements OutgoingMessage {
        /** Copies the list. */
        public IncidentMessage {
            why = List.copyOf(why);
        }

        /** The message with one more reason. */
        public IncidentMessage because(String reason) {
            List<String> more = new ArrayList<>(why);
            more.add(reason);
            return new IncidentMessage(notification, more);
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
     * A text that is not about a single incident: an answer to a command, a digest, a notice of ci-notify itself.
     *
     * @param thread what it answers or continues
     * @param channel its only channel
     * @param destination its only destination on this channel
     * @param title one line
     * @param markdown the text in GitHub Markdown, untrusted text already escaped
     * @param replaces whether it replaces the current message of its thread
     * @param mrkdwn the text in Slack markup, shortened if it is long; null to use the Markdown
     * @param issue null unless it is an issue about a flaky test
     */
    record TextMessage(
            String id,
            String thread,
            String channel,
            @JsonAlias("place") String destination,
            String title,
            String markdown,
            boolean replaces,
            @Nullable String mrkdwn,
            @Nullable TestIssue issue)
            implements OutgoingMessage {
        /** Not an issue about a flaky test. */
        public TextMessage(
                String id,
                String thread,
                String channel,
                String destination,
                String title,
                String markdown,
                boolean replaces,
                @Nullable String mrkdwn) {
            this(id, thread, channel, destination, title, markdown, replaces, mrkdwn, null);
        }

        /** The same text on every channel. */
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

        /** Replaces no message. */
        public TextMessage(
                String id, String thread, String channel, String destination, String title, String markdown) {
            this(id, thread, channel, destination, title, markdown, false);
        }
    }
}
