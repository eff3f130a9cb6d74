// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notify.template.Escapes;
import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.notify.template.PlainTextMarkup;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Jira wiki markup: a backslash escapes each special character. */
final class JiraMarkup implements Markup {
    private static final PlainTextMarkup PLAIN = new PlainTextMarkup();
    private static final String MARKUP = "\\{}[]*_-+^~?!|#&<>@";
    private static final String BREAK = "\u200b";
    private static final String FENCE = "{noformat}";
    private static final List<String> LINE_WORDS = List.of("h1.", "h2.", "h3.", "h4.", "h5.", "h6.", "bq.");

    @Override
    public String text(String outside) {
        String line = PLAIN.text(outside);
        StringBuilder safe = new StringBuilder(startsMarkup(line) ? BREAK : "");
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            switch (character) {
                // A pair of backslashes would be a line break.
                case '\\' -> safe.append("&#92;");
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '@' -> safe.append('@').append(BREAK);
                case ':', '.' -> safe.append(character).append(Escapes.beginsUrl(line, at) ? BREAK : "");
                default ->
                    safe.append(MARKUP.indexOf(character) < 0 ? "" : "\\").append(character);
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
        // Encoded; empty if it is not an HTTP URL.
        String address = PLAIN.link("", url).strip();
        return address.isEmpty() ? text(words) : "[" + text(words) + "|" + address + "]";
    }

    /** Handles are those of GitHub; user names on Jira are unknown. */
    @Override
    public String person(Fragment.Person person) {
        return text(person.handle());
    }

    @Override
    public String timestamp(Instant instant) {
        return text(PLAIN.timestamp(instant));
    }

    @Override
    public String time(Instant instant) {
        return text(PLAIN.time(instant));
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
        String kept = PLAIN.truncate(written, limit - FENCE.length() - 1);
        boolean open = kept.split(Pattern.quote(FENCE), -1).length % 2 == 0;
        return open ? kept + "\n" + FENCE : kept;
    }
}
