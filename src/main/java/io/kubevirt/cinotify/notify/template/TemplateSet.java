// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.incident.NotificationKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The templates of a channel.
 *
 * @param channel folder below {@code templates/}, in the program and in the configuration
 * @param extension of the files in the program
 * @param limits the maximum length of single templates, in UTF-16 units
 * @param limit the maximum length of the others
 */
public record TemplateSet(String channel, String extension, Markup markup, Map<String, Integer> limits, int limit) {
    /** The subject: one line of plain text on every channel. */
    public static final String TITLE = "title";

    /** Replies, for all kinds of notifications. */
    public static final String REPLY = "reply";

    /** The part that all kinds share; not rendered on its own. */
    public static final String INCIDENT = "incident";

    /** GitHub's limit is 65,536 characters; markers are added later. */
    private static final int GITHUB_BODY = 65_536 - 1_024;

    private static final int GITHUB_TITLE = 256;

    /** Slack's limit for the text of a message; a section block takes 3,000 characters, and a message 50 blocks. */
    private static final int SLACK_TEXT = 40_000;

    private static final int SLACK_SECTION = 3_000;

    /** Issues and comments on GitHub. */
    public static final TemplateSet GITHUB =
            new TemplateSet("github", "md", new GitHubMarkdown(), Map.of(TITLE, GITHUB_TITLE), GITHUB_BODY);

    /** Messages on Slack. */
    public static final TemplateSet SLACK = new TemplateSet(
            "slack", "txt", new SlackMrkdwn(), Map.of(TITLE, SLACK_SECTION, REPLY, SLACK_SECTION), SLACK_TEXT);

    /** Plain text. */
    public static final TemplateSet PLAIN =
            new TemplateSet("plain", "txt", new PlainTextMarkup(), Map.of(TITLE, GITHUB_TITLE), SLACK_TEXT);

    /** Copies the limits. */
    public TemplateSet {
        limits = Map.copyOf(limits);
    }

    /** The template of a root after a notification of this kind. */
    public static String root(NotificationKind kind) {
        return kind.value();
    }

    public List<String> names() {
        return Stream.concat(
                        Stream.of(TITLE, INCIDENT, REPLY),
                        Arrays.stream(NotificationKind.values()).map(TemplateSet::root))
                .toList();
    }

    /** Templates that are rendered on their own. */
    List<String> renderable() {
        return names().stream().filter(name -> !name.equals(INCIDENT)).toList();
    }

    /** A text in the markup of the channel, within its limit. */
    public String shortened(String text) {
        return markup.truncate(text, limit);
    }

    /** One line, within the limit of a title. */
    public String shortenedTitle(String title) {
        // The note that it is shortened begins with a line end.
        return Escapes.oneLine(Escapes.truncate(Escapes.oneLine(title), limitOf(TITLE)));
    }

    /** The maximum length of a rendered template. */
    public int limitOf(String name) {
        return limits.getOrDefault(name, limit);
    }

    /** Titles are plain text everywhere. */
    Markup markupOf(String name) {
        return name.equals(TITLE) ? new PlainTextMarkup() : markup;
    }

    /** The resource in the program. */
    String resource(String name) {
        return "templates/" + channel + "/" + name + "." + extension;
    }
}
