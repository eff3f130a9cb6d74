// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What all dialects do alike, letter by letter. */
final class Escapes {

    /** Nothing is seen of it, and no word goes on across it. */
    static final String ZERO_WIDTH_SPACE = "\u200b";

    private static final String CUT = "… (cut)";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Escapes() {}

    /** One line: what would end it is a space; what cannot be seen, or turns the writing around, a question mark. */
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

    /** In the one zone that all readers share. */
    static String utc(Instant instant) {
        return MINUTE.format(instant);
    }

    /** Whether a browser should be led there. */
    static boolean isWeb(String url) {
        return url.startsWith("https://") || url.startsWith("http://");
    }

    /** The address with everything encoded that ends an address in some markup. */
    static String encodeUrl(String url) {
        StringBuilder safe = new StringBuilder();
        for (byte octet : url.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            if (letter > ' ' && letter < 0x7f && "<>()[]{}|\\^`\"'*~@".indexOf(letter) < 0) {
                safe.append(letter);
            } else {
                safe.append(String.format(Locale.ROOT, "%%%02X", (int) letter));
            }
        }
        return safe.toString();
    }

    /** The beginning, up to the end of a line where there is one near, with a word that it was cut. */
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
