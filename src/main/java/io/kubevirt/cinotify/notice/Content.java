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
package io.kubevirt.cinotify.notice;

import io.kubevirt.cinotify.incident.policy.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said. */
public sealed interface Content {

    /** The identity of what was decided; it reaches each of its places once. */
    String id();

    /** What belongs together: at each place there is one root for it, all else changes that root or stands below it. */
    String thread();

    /**
     * News of an incident.
     *
     * @param message what the core wants said
     * @param why the trace of the decision
     */
    record IncidentNews(Message message, List<String> why) implements Content {
        /** Copies the trace. */
        public IncidentNews {
            why = List.copyOf(why);
        }

        @Override
        public String id() {
            return message.id();
        }

        @Override
        public String thread() {
            return message.incident().id();
        }
    }

    /**
     * A text of our own that is about no single incident: an answer to a command, a digest, word of the plugin itself.
     *
     * @param id its identity
     * @param thread what it answers or continues
     * @param channel the only channel that it is for
     * @param place the only place that it is for, in that channel's words
     * @param title one line
     * @param markdown the text in GitHub's Markdown, outside text in it already escaped
     * @param replaces whether it takes the place of the letter that stands there for its thread
     * @param mrkdwn the text in Slack's own markup, in short if it is long; null if Slack gets the Markdown
     */
    record Letter(
            String id,
            String thread,
            String channel,
            String place,
            String title,
            String markdown,
            boolean replaces,
            @Nullable String mrkdwn)
            implements Content {

        /** One that is the same everywhere. */
        public Letter(
                String id,
                String thread,
                String channel,
                String place,
                String title,
                String markdown,
                boolean replaces) {
            this(id, thread, channel, place, title, markdown, replaces, null);
        }

        /** One that replaces none. */
        public Letter(String id, String thread, String channel, String place, String title, String markdown) {
            this(id, thread, channel, place, title, markdown, false);
        }
    }
}
