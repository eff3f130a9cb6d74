// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.incident.NotificationKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The templates that one channel has.
 *
 * @param channel the folder below {@code templates/}, here and in the operator's folder
 * @param extension of the files that come with the program
 * @param markup how the channel writes
 * @param limits the longest text of each template, in UTF-16 units, where it is not {@code limit}
 * @param limit the longest text
 */
public record TemplateSet(String channel, String extension, Markup markup, Map<String, Integer> limits, int limit) {

    /** The subject of a message: one line of plain text in every channel. */
    public static final String TITLE = "title";

    /** What stands below a root, for all kinds of messages. */
    public static final String REPLY = "reply";

    /** What the kinds of messages share; never shown by itself. */
    public static final String INCIDENT = "incident";

    /** GitHub refuses more than 65,536 characters; ours, such as the marker, come on top. */
    private static final int GITHUB_BODY = 65_536 - 1_024;

    private static final int GITHUB_TITLE = 256;

    /** What Slack takes as a message's text; a section block takes 3,000, and a message 50 blocks. */
    private static final int SLACK_TEXT = 40_000;

    private static final int SLACK_SECTION = 3_000;

    /** Comments and issues on GitHub. */
    public static final TemplateSet GITHUB =
            new TemplateSet("github", "md", new GitHubMarkdown(), Map.of(TITLE, GITHUB_TITLE), GITHUB_BODY);

    /** Messages on Slack. */
    public static final TemplateSet SLACK = new TemplateSet(
            "slack", "txt", new SlackMrkdwn(), Map.of(TITLE, SLACK_SECTION, REPLY, SLACK_SECTION), SLACK_TEXT);

    /** Text without markup, for channels that have none. */
    public static final TemplateSet PLAIN =
            new TemplateSet("plain", "txt", new PlainTextMarkup(), Map.of(TITLE, GITHUB_TITLE), SLACK_TEXT);

    /** Copies the limits. */
    public TemplateSet {
        limits = Map.copyOf(limits);
    }

    /** The root of a message's thread, as the message makes it. */
    public static String root(NotificationKind kind) {
        return kind.value();
    }

    /** The names of all its templates. */
    public List<String> names() {
        return Stream.concat(
                        Stream.of(TITLE, INCIDENT, REPLY),
                        Arrays.stream(NotificationKind.values()).map(TemplateSet::root))
                .toList();
    }

    /** Those that make a text. */
    List<String> renderable() {
        return names().stream().filter(name -> !name.equals(INCIDENT)).toList();
    }

    int limitOf(String name) {
        return limits.getOrDefault(name, limit);
    }

    /** How a template writes: a title is plain everywhere. */
    Markup markupOf(String name) {
        return name.equals(TITLE) ? new PlainTextMarkup() : markup;
    }

    /** Where a template lies that comes with the program. */
    String resource(String name) {
        return "templates/" + channel + "/" + name + "." + extension;
    }
}
