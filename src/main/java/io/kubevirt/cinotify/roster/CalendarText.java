// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.google.re2j.Pattern;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text of an iCalendar before it is parsed, and parts of it in problems. */
public final class CalendarText {
    /** As {@code BEGIN}, {@code a.BEGIN;x=y} and the like. */
    private static final String NAME = "(?i)(?:[^.;:]*\\.)?[\\x00-\\x20]*(?:%s)[\\x00-\\x20]*[;:]";

    private static final Pattern BOUNDARY = Pattern.compile(NAME.formatted("BEGIN|END"));
    private static final Pattern CHANGE = Pattern.compile(NAME.formatted("DTSTART|RDATE|RRULE|EXRULE"));
    private static final Pattern RULE = Pattern.compile(NAME.formatted("RRULE|EXRULE"));
    private static final Pattern YEARLY =
            Pattern.compile("(?i)RRULE:(?:;?(?:FREQ=YEARLY|INTERVAL=[0-9]{1,3}|COUNT=[0-9]{1,4}"
                    + "|UNTIL=[0-9TZ]+|WKST=[A-Z]{2}|BYMONTH=[0-9]{1,2}|BYDAY=[+-]?[0-9]?[A-Z]{2}"
                    + "|BYMONTHDAY=-?[0-9]{1,2}(?:,-?[0-9]{1,2}){0,6}))+");

    private static final int MOST_CHANGES = 500;
    private static final int LONGEST_CHANGE = 1000;

    private static final int LONGEST_TITLE = 100;

    private CalendarText() {}

    /** The text with its long lines joined. A fold may be within a character, so it is undone before the text is decoded. */
    public static String decode(byte[] folded) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(folded.length);
        for (int index = 0; index < folded.length; index++) {
            int next = folded[index] == '\r' ? index + 1 : index;
            boolean isFold = next + 1 < folded.length
                    && folded[next] == '\n'
                    && (folded[next + 1] == ' ' || folded[next + 1] == '\t');
            if (isFold) {
                index = next + 1;
            } else {
                joined.write(folded[index]);
            }
        }
        return joined.toString(StandardCharsets.UTF_8);
    }

    /**
     * A calendar whose zones can be expanded: biweekly does so from the first change of the clocks on, and without limits. Outside
     * of events, rules that do not repeat yearly are left out.
     *
     * @return empty if the zones change too often
     */
    static Optional<String> bounded(String text) {
        List<String> kept = new ArrayList<>();
        boolean isInEvent = false;
        int changes = 0;
        for (String line : unfolded(text)) {
            if (BOUNDARY.matcher(line).lookingAt()) {
                isInEvent = line.equalsIgnoreCase("BEGIN:VEVENT");
            } else if (!isInEvent && CHANGE.matcher(line).lookingAt()) {
                changes++;
                if (line.length() > LONGEST_CHANGE
                        || RULE.matcher(line).lookingAt()
                                && !YEARLY.matcher(line).matches()) {
                    continue;
                }
            }
            kept.add(line);
        }
        return changes > MOST_CHANGES ? Optional.empty() : Optional.of(String.join("\r\n", kept));
    }

    /** The lines as biweekly sees them. A final = would continue some of them. */
    private static List<String> unfolded(String text) {
        List<StringBuilder> lines = new ArrayList<>();
        text.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            boolean isFolded = !lines.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (isFolded) {
                lines.getLast().append(line, 1, line.length());
            } else {
                lines.add(new StringBuilder(line));
            }
        });
        return lines.stream()
                .map(line -> line.charAt(line.length() - 1) == '=' ? line + " " : line.toString())
                .toList();
    }

    /** For a terminal and a log. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE) + "…";
    }
}
