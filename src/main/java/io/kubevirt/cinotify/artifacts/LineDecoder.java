// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes lines of a part of a log; bytes that are no UTF-8 are replaced. */
final class LineDecoder {

    private static final int MAX_LINE_CHARS = 2_000;

    private LineDecoder() {}

    /**
     * The lines of a part.
     *
     * @param atStart whether the part begins where a line does; if not, its first line is left out
     * @param atEnd whether the part ends where a line does; if not, its last line is left out
     */
    static List<String> decode(byte[] part, boolean atStart, boolean atEnd) {
        List<String> lines = new ArrayList<>();
        String text = new String(part, StandardCharsets.UTF_8);
        int from = atStart ? 0 : text.indexOf('\n') + 1;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            if (end < 0 && !atEnd) {
                return lines;
            }
            int until = end < 0 ? text.length() : end;
            int soFar = Math.min(until, from + 4 * MAX_LINE_CHARS);
            lines.add(TextSanitizer.singleLine(text.substring(from, soFar), MAX_LINE_CHARS)
                    .stripTrailing());
            from = until + 1;
        }
        return lines;
    }
}
