// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.mattermost;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notify.template.Escapes;
import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.PlainTextMarkup;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Markdown of Mattermost. It finds mentions, channels and URLs in text, so a backslash does not prevent them; an invisible character in
 * between does.
 */
final class MattermostMarkup implements Markup {
    /** A post of more than 16,383 characters is refused. */
    private static final int LONGEST_TEXT = 16_000;

    private static final int LONGEST_TITLE = 256;

    /** The templates of the folder {@code plain}, in Markdown. */
    static final TemplateSet TEMPLATES = new TemplateSet(
            "plain", "txt", new MattermostMarkup(), Map.of(TemplateSet.TITLE, LONGEST_TITLE), LONGEST_TEXT);

    private static final PlainTextMarkup PLAIN = new PlainTextMarkup();
    private static final GitHubMarkdown MARKDOWN = new GitHubMarkdown();
    private static final String BREAK = "\u200b";
    private static final String ESCAPED = "\\`*_[]|#>!";
    private static final Pattern BEGINS_LAYOUT = Pattern.compile("[-+=]|[0-9]+[.)]");
    private static final Pattern USER = Pattern.compile("[a-z0-9][a-z0-9._-]{2,63}");
    private static final Set<String> EVERYBODY = Set.of("all", "channel", "here");

    /** Whether it is the name of one user: some names mention everybody. */
    static boolean isUser(String name) {
        return USER.matches(name) && !EVERYBODY.contains(name);
    }

    @Override
    public String text(String outside) {
        String line = PLAIN.text(outside);
        StringBuilder safe = new StringBuilder(BEGINS_LAYOUT.matcher(line).lookingAt() ? BREAK : "");
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            switch (character) {
                case '&' -> safe.append("&amp;");
                case '<', '@', '~', '$' -> safe.append(character).append(BREAK);
                case ':', '.' -> safe.append(character).append(Escapes.beginsUrl(line, at) ? BREAK : "");
                default ->
                    safe.append(ESCAPED.indexOf(character) < 0 ? "" : "\\").append(character);
            }
        }
        return safe.toString();
    }

    @Override
    public String code(String outside) {
        return MARKDOWN.code(outside);
    }

    @Override
    public String block(List<String> outside) {
        return MARKDOWN.block(outside);
    }

    @Override
    public String link(String words, String url) {
        // Encoded; empty if it is not an HTTP URL.
        String address = PLAIN.link("", url).strip();
        return address.isEmpty() ? text(words) : "[" + text(words) + "](" + address + ")";
    }

    /** The id is a user name of Mattermost. */
    @Override
    public String person(Fragment.Person person) {
        String name = person.slackUserId();
        return person.mentioned() && name != null && isUser(name) ? "@" + name : text(person.handle());
    }

    @Override
    public String timestamp(Instant instant) {
        return PLAIN.timestamp(instant);
    }

    @Override
    public String time(Instant instant) {
        return PLAIN.time(instant);
    }

    @Override
    public String strong(String text) {
        return MARKDOWN.strong(text);
    }

    @Override
    public String truncate(String written, int limit) {
        return MARKDOWN.truncate(written, limit);
    }
}
