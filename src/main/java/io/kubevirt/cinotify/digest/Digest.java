// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.SlackMrkdwn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A digest, before it is rendered for a channel.
 *
 * @param title trusted text
 * @param brief a shorter version for chats; null if this one is short enough
 */
public record Digest(
        String title,
        List<DigestLine> summary,
        List<Section> sections,
        @Nullable Digest brief) {
    Digest(String title, List<DigestLine> summary, List<Section> sections) {
        this(title, summary, sections, null);
    }

    /** Copies the lists. */
    public Digest {
        summary = List.copyOf(summary);
        sections = List.copyOf(sections);
    }

    /**
     * A section with a list.
     *
     * @param heading trusted text
     * @param more the number of lines that are omitted
     */
    public record Section(String heading, List<DigestLine> lines, int more) {
        /** Copies the lines. */
        public Section {
            lines = List.copyOf(lines);
        }

        /** A section with all lines. */
        static Section whole(String heading, List<DigestLine> all) {
            return new Section(heading, all, 0);
        }

        /** A section with the first lines. */
        static Section of(String heading, List<DigestLine> all, int most) {
            return new Section(heading, all.stream().limit(most).toList(), Math.max(0, all.size() - most));
        }
    }

    /** GitHub Markdown with the title. */
    public String markdown() {
        return "## " + title + "\n\n" + body();
    }

    /** GitHub Markdown without the title, for a channel that displays it separately. */
    public String body() {
        return new Renderer(new GitHubMarkdown(), "### %s", "- ").render(this);
    }

    /** The brief version in Slack mrkdwn with the title. */
    public String slack() {
        return "*" + title + "*\n\n" + slackBody();
    }

    /** The brief version in Slack mrkdwn without the title. */
    public String slackBody() {
        return new Renderer(new SlackMrkdwn(), "*%s*", "• ").render(brief == null ? this : brief);
    }

    /** Renders a digest in one markup. */
    static final class Renderer {
        private final Markup markup;
        private final String heading;
        private final String bullet;

        /**
         * @param heading the format of a heading
         * @param bullet the start of a list item
         */
        Renderer(Markup markup, String heading, String bullet) {
            this.markup = markup;
            this.heading = heading;
            this.bullet = bullet;
        }

        String render(Digest digest) {
            StringBuilder text = new StringBuilder();
            list(digest.summary(), text);
            for (Digest.Section section : digest.sections()) {
                text.append('\n')
                        .append(String.format(heading, section.heading()))
                        .append("\n\n");
                list(section.lines(), text);
                if (section.more() > 0) {
                    text.append(bullet).append("and ").append(section.more()).append(" more\n");
                }
            }
            return text.toString();
        }

        private void list(List<DigestLine> lines, StringBuilder text) {
            lines.forEach(
                    line -> text.append(bullet).append(line.render(markup)).append('\n'));
        }
    }
}
