// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Escaping that all markups share. */
public final class Escapes {
    /** Invisible, and separates words. */
    static final String ZERO_WIDTH_SPACE = "\u200b";

    private static final String CUT = "… (cut)";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Escapes() {}

    /** Makes one line: line ends become spaces, invisible and bidirectional characters question marks. */
    static String oneLine(String outside) {
        StringBuilder line = new StringBuilder();
        outside.strip().codePoints().map(Escapes::visible).forEach(line::appendCodePoint);
        return line.toString();
    }

    private static int visible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                Character.isWhitespace(point) || point == 0x85 ? ' ' : '?';
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> '?';
            default -> point;
        };
    }

    static String utc(Instant instant) {
        return MINUTE.format(instant);
    }

    static String utcTime(Instant instant) {
        return TIME.format(instant);
    }

    /** Whether the text up to a colon or period would become a link, as {@code https:} before // and {@code www.} do. */
    public static boolean beginsUrl(String line, int at) {
        return line.startsWith("://", at)
                || line.charAt(at) == '.' && at >= 3 && line.regionMatches(true, at - 3, "www", 0, 3);
    }

    /** Whether it is an HTTP URL. */
    static boolean isWeb(String url) {
        return url.startsWith("https://") || url.startsWith("http://");
    }

    /** Encodes all characters that end a URL in some markup. */
    static String encodeUrl(String url) {
        StringBuilder safe = new StringBuilder();
        for (byte octet : url.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character > ' ' && character < 0x7f && "<>()[]{}|\\^`\"'*~@".indexOf(character) < 0) {
                safe.append(character);
            } else {
                safe.append(String.format(Locale.ROOT, "%%%02X", (int) character));
            }
        }
        return safe.toString();
    }

    /** Shortens text, at the end of a line if possible, and adds a note. */
    static String truncate(String written, int limit) {
        if (written.length() <= limit) {
            return written;
        }
        int end = Math.max(0, limit - CUT.length() - 1);
        int line = written.lastIndexOf('\n', end);
        if (line > end / 2) {
            end = line;
        } else if (end > 0 && Character.isHighSurrogate(written.charAt(end - 1))) {
            end--;
        }
        return written.substring(0, end) + "\n" + CUT;
    }
}
