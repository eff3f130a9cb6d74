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
package io.kubevirt.cinotify.notice.template;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Slack's mrkdwn. Whoever is called, a person or a whole channel, stands in angle brackets; three letters are escaped, all
 * other markup can only be taken apart.
 */
public final class SlackMrkdwn implements Dialect {

    private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{2,24}");
    private static final String FENCE = "```";

    @Override
    public String text(String outside) {
        String line = Letters.oneLine(outside);
        StringBuilder safe = new StringBuilder();
        for (int at = 0; at < line.length(); at++) {
            char letter = line.charAt(at);
            switch (letter) {
                case '*', '_', '~', '`' ->
                    safe.append(isEdge(line, at) ? Letters.BREAK : "").append(letter);
                case '@' -> safe.append('@').append(Letters.BREAK);
                case '>' -> safe.append(at == 0 ? Letters.BREAK : "").append("&gt;");
                default -> safe.append(entity(letter));
            }
        }
        return safe.toString();
    }

    /** Markup is only at the edges of words, except for the backtick. */
    private static boolean isEdge(String line, int at) {
        return line.charAt(at) == '`'
                || at == 0
                || at == line.length() - 1
                || !Character.isLetterOrDigit(line.charAt(at - 1))
                || !Character.isLetterOrDigit(line.charAt(at + 1));
    }

    private static String entity(char letter) {
        return switch (letter) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> String.valueOf(letter);
        };
    }

    private static String entities(String line) {
        return Letters.oneLine(line)
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
        return Letters.isWeb(url)
                ? "<" + Letters.address(url).replace("&", "&amp;") + "|"
                        + text(words).replace("|", "/") + ">"
                : text(words);
    }

    @Override
    public String person(Piece.Person person) {
        return person.called()
                        && person.slack() != null
                        && USER.matcher(person.slack()).matches()
                ? "<@" + person.slack() + ">"
                : text(person.handle());
    }

    @Override
    public String moment(Instant instant) {
        return "<!date^" + instant.getEpochSecond() + "^{date_short_pretty} {time}|" + Letters.utc(instant) + ">";
    }

    @Override
    public String cut(String written, int limit) {
        if (written.length() <= limit) {
            return written;
        }
        String kept = Letters.beginning(written, limit - FENCE.length() - 1);
        boolean open = kept.split(FENCE, -1).length % 2 == 0;
        return open ? kept + "\n" + FENCE : kept;
    }
}
