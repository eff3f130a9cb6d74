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
package io.kubevirt.cinotify.notice.jira;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notice.template.Dialect;
import io.kubevirt.cinotify.notice.template.Piece;
import io.kubevirt.cinotify.notice.template.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Jira's wiki markup: a backslash takes each of its letters as it is, so that nobody is called and nothing is drawn. */
final class JiraWiki implements Dialect {

    private static final PlainText PLAIN = new PlainText();
    private static final String MARKUP = "\\{}[]*_-+^~?!|#&<>@";
    private static final String BREAK = "\u200b";
    private static final String FENCE = "{noformat}";
    private static final List<String> LINE_WORDS = List.of("h1.", "h2.", "h3.", "h4.", "h5.", "h6.", "bq.");

    @Override
    public String text(String outside) {
        String line = PLAIN.text(outside);
        StringBuilder safe = new StringBuilder(startsMarkup(line) ? BREAK : "");
        for (int at = 0; at < line.length(); at++) {
            char letter = line.charAt(at);
            switch (letter) {
                // The backslash itself would draw a line break out of a pair.
                case '\\' -> safe.append("&#92;");
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '@' -> safe.append('@').append(BREAK);
                default -> safe.append(MARKUP.indexOf(letter) < 0 ? "" : "\\").append(letter);
            }
        }
        return safe.toString();
    }

    private static boolean startsMarkup(String line) {
        String begin = line.toLowerCase(Locale.ROOT);
        return LINE_WORDS.stream().anyMatch(begin::startsWith);
    }

    @Override
    public String code(String outside) {
        String line = text(outside);
        return line.isEmpty() ? "" : "{{" + line + "}}";
    }

    @Override
    public String block(List<String> outside) {
        return FENCE + "\n" + PLAIN.block(outside).replace("{", "{" + BREAK) + "\n" + FENCE;
    }

    @Override
    public String link(String words, String url) {
        // With its markup encoded; nothing where it leads nowhere on the web.
        String address = PLAIN.link("", url).strip();
        return address.isEmpty() ? text(words) : "[" + text(words) + "|" + address + "]";
    }

    /** The group's handles are GitHub's: who has which name on Jira nobody told us. */
    @Override
    public String person(Piece.Person person) {
        return text(person.handle());
    }

    @Override
    public String moment(Instant instant) {
        return text(PLAIN.moment(instant));
    }

    @Override
    public String cut(String written, int limit) {
        if (written.length() <= limit) {
            return written;
        }
        String kept = PLAIN.cut(written, limit - FENCE.length() - 1);
        boolean open = kept.split(Pattern.quote(FENCE), -1).length % 2 == 0;
        return open ? kept + "\n" + FENCE : kept;
    }
}
