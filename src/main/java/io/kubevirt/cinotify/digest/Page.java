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
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notice.template.GitHubMarkdown;
import io.kubevirt.cinotify.notice.template.SlackMrkdwn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A digest, before it is written for a channel.
 *
 * @param title of our own words
 * @param summary what whoever reads nothing else should know
 * @param sections in order
 * @param inShort the same for a chat; null if it is short as it is
 */
public record Page(
        String title,
        List<Line> summary,
        List<Section> sections,
        @Nullable Page inShort) {

    /** One that is short as it is. */
    Page(String title, List<Line> summary, List<Section> sections) {
        this(title, summary, sections, null);
    }

    /** Copies the lists. */
    public Page {
        summary = List.copyOf(summary);
        sections = List.copyOf(sections);
    }

    /**
     * A part of it.
     *
     * @param heading of our own words
     * @param lines those that are shown
     * @param more how many are not
     */
    public record Section(String heading, List<Line> lines, int more) {

        /** Copies the lines. */
        public Section {
            lines = List.copyOf(lines);
        }

        /** All of the lines. */
        static Section whole(String heading, List<Line> all) {
            return new Section(heading, all, 0);
        }

        /** The first of the lines. */
        static Section of(String heading, List<Line> all, int most) {
            return new Section(heading, all.stream().limit(most).toList(), Math.max(0, all.size() - most));
        }
    }

    /** As GitHub and meeting notes take it, title included. */
    public String markdown() {
        return "## " + title + "\n\n" + body();
    }

    /** The same without the title, for a channel that shows that by itself. */
    public String body() {
        return new PageText(new GitHubMarkdown(), "### %s", "- ").write(this);
    }

    /** As Slack takes it, in short, title included. */
    public String slack() {
        return "*" + title + "*\n\n" + slackBody();
    }

    /** The same without the title, for a message that shows that by itself. */
    public String slackBody() {
        return new PageText(new SlackMrkdwn(), "*%s*", "• ").write(inShort == null ? this : inShort);
    }
}
