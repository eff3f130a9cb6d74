// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The head and the tail of a build log, without terminal escapes; {@code bytes} is negative if the size is unknown. */
public record BuildLog(List<String> head, List<String> tail, boolean hasGap, long bytes) {
    private static final int MAX_LINE_CHARS = 2_000;

    public static final BuildLog NONE = new BuildLog(List.of(), List.of(), false, 0);

    public BuildLog {
        head = List.copyOf(head);
        tail = List.copyOf(tail);
    }

    public static BuildLog whole(List<String> lines) {
        return new BuildLog(lines, List.of(), false, -1);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>(head);
        lines.addAll(tail);
        return lines;
    }

    /** The number of a line within the whole log, from 1; empty after a gap. */
    public OptionalInt lineNumber(int index) {
        return hasGap && index >= head.size() ? OptionalInt.empty() : OptionalInt.of(index + 1);
    }

    /** The lines of a part of a log; invalid UTF-8 is replaced, and lines that are cut at either end are dropped. */
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
            int cutAt = Math.min(until, from + 4 * MAX_LINE_CHARS);
            lines.add(TextSanitizer.singleLine(text.substring(from, cutAt), MAX_LINE_CHARS)
                    .stripTrailing());
            from = until + 1;
        }
        return lines;
    }
}
