// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.notify.template.SlackMrkdwn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A digest, before it is written for a channel.
 *
 * @param title of our own words
 * @param summary what whoever reads nothing else should know
 * @param sections in order
 * @param brief the same for a chat; null if it is short as it is
 */
public record Digest(
        String title,
        List<DigestLine> summary,
        List<Section> sections,
        @Nullable Digest brief) {

    /** One that is short as it is. */
    Digest(String title, List<DigestLine> summary, List<Section> sections) {
        this(title, summary, sections, null);
    }

    /** Copies the lists. */
    public Digest {
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
    public record Section(String heading, List<DigestLine> lines, int more) {

        /** Copies the lines. */
        public Section {
            lines = List.copyOf(lines);
        }

        /** All of the lines. */
        static Section whole(String heading, List<DigestLine> all) {
            return new Section(heading, all, 0);
        }

        /** The first of the lines. */
        static Section of(String heading, List<DigestLine> all, int most) {
            return new Section(heading, all.stream().limit(most).toList(), Math.max(0, all.size() - most));
        }
    }

    /** As GitHub and meeting notes take it, title included. */
    public String markdown() {
        return "## " + title + "\n\n" + body();
    }

    /** The same without the title, for a channel that shows that by itself. */
    public String body() {
        return new DigestRenderer(new GitHubMarkdown(), "### %s", "- ").render(this);
    }

    /** As Slack takes it, in short, title included. */
    public String slack() {
        return "*" + title + "*\n\n" + slackBody();
    }

    /** The same without the title, for a message that shows that by itself. */
    public String slackBody() {
        return new DigestRenderer(new SlackMrkdwn(), "*%s*", "• ").render(brief == null ? this : brief);
    }
}
