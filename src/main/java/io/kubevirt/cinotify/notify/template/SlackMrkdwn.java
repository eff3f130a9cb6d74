// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Slack mrkdwn. Mentions of users and channels are in angle brackets. Three characters are escaped; other markup can only be broken
 * up.
 */
public final class SlackMrkdwn implements Markup {
    private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{2,24}");
    private static final String FENCE = "```";

    @Override
    public String text(String outside) {
        String line = Escapes.oneLine(outside);
        StringBuilder safe = new StringBuilder();
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            switch (character) {
                case '*', '_', '~', '`' ->
                    safe.append(isEdge(line, at) ? Escapes.ZERO_WIDTH_SPACE : "")
                            .append(character);
                case '@' -> safe.append('@').append(Escapes.ZERO_WIDTH_SPACE);
                case ':', '.' ->
                    safe.append(character).append(Escapes.beginsUrl(line, at) ? Escapes.ZERO_WIDTH_SPACE : "");
                case '>' -> safe.append(at == 0 ? Escapes.ZERO_WIDTH_SPACE : "").append("&gt;");
                default -> safe.append(entity(character));
            }
        }
        return safe.toString();
    }

    /** Markup only works at the edges of words, except for backticks. */
    private static boolean isEdge(String line, int at) {
        return line.charAt(at) == '`'
                || at == 0
                || at == line.length() - 1
                || !Character.isLetterOrDigit(line.charAt(at - 1))
                || !Character.isLetterOrDigit(line.charAt(at + 1));
    }

    private static String entity(char character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> String.valueOf(character);
        };
    }

    private static String entities(String line) {
        return Escapes.oneLine(line)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace('`', '\'');
    }

    @Override
    public String code(String outside) {
        String line = entities(outside);
        return line.isEmpty() ? "" : "`" + line + "`";
    }

    @Override
    public String block(List<String> outside) {
        return outside.stream()
                .map(SlackMrkdwn::entities)
                .collect(Collectors.joining("\n", FENCE + "\n", "\n" + FENCE));
    }

    @Override
    public String link(String words, String url) {
        return Escapes.isWeb(url)
                ? "<" + Escapes.encodeUrl(url).replace("&", "&amp;") + "|"
                        + text(words).replace("|", "/") + ">"
                : text(words);
    }

    @Override
    public String person(Fragment.Person person) {
        return person.mentioned()
                        && person.slackUserId() != null
                        && USER.matcher(person.slackUserId()).matches()
                ? "<@" + person.slackUserId() + ">"
                : text(person.handle());
    }

    @Override
    public String timestamp(Instant instant) {
        return "<!date^" + instant.getEpochSecond() + "^{date_short_pretty} {time}|" + Escapes.utc(instant) + ">";
    }

    @Override
    public String time(Instant instant) {
        return "<!date^" + instant.getEpochSecond() + "^{time}|" + Escapes.utcTime(instant) + ">";
    }

    @Override
    public String strong(String text) {
        return "*" + text + "*";
    }

    @Override
    public String truncate(String written, int limit) {
        if (written.length() <= limit) {
            return written;
        }
        String kept = Escapes.truncate(written, limit - FENCE.length() - 1);
        boolean open = kept.split(FENCE, -1).length % 2 == 0;
        return open ? kept + "\n" + FENCE : kept;
    }
}
