// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.google.re2j.Pattern;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The head and the tail of a build log, without terminal escapes; {@code bytes} is negative if the size is unknown. The
 * {@code numbers} are those of the lines of the head, of which some end with a carriage return; none if they are 1, 2, 3.
 */
public record BuildLog(List<String> head, List<String> tail, boolean hasGap, long bytes, List<Integer> numbers) {
    private static final int MAX_LINE_CHARS = 2_000;

    /** What changes in a progress meter: numbers, bars and units. */
    private static final Pattern METER = Pattern.compile("[0-9a-f.%#=>\\-|\\s]+|[kKMGTm]i?[Bb]\\b");

    public static final BuildLog NONE = new BuildLog(List.of(), List.of(), false, 0);

    public BuildLog {
        head = List.copyOf(head);
        tail = List.copyOf(tail);
        numbers = List.copyOf(numbers);
    }

    public BuildLog(List<String> head, List<String> tail, boolean hasGap, long bytes) {
        this(head, tail, hasGap, bytes, List.of());
    }

    public static BuildLog whole(List<String> lines) {
        return new BuildLog(lines, List.of(), false, -1);
    }

    static BuildLog whole(LogPart part, long bytes) {
        return new BuildLog(part.lines(), List.of(), false, bytes, part.numbers());
    }

    /** With a gap after the head. */
    static BuildLog ends(LogPart head, LogPart tail, long bytes) {
        return new BuildLog(head.lines(), tail.lines(), true, bytes, head.numbers());
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>(head);
        lines.addAll(tail);
        return lines;
    }

    /** The number of a line within the whole log, from 1; empty after a gap. */
    public OptionalInt lineNumber(int index) {
        return hasGap && index >= head.size()
                ? OptionalInt.empty()
                : OptionalInt.of(numbers.isEmpty() ? index + 1 : numbers.get(index));
    }

    /** Whether the bytes at the start of a file are UTF-16, which tools of Windows write. */
    static Charset charsetOf(byte[] start) {
        if (start.length < 2) {
            return StandardCharsets.UTF_8;
        }
        int mark = (start[0] & 0xff) << 8 | start[1] & 0xff;
        return mark == 0xfffe || start[0] != 0 && start[1] == 0
                ? StandardCharsets.UTF_16LE
                : mark == 0xfeff || start[0] == 0 && start[1] != 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    /** The lines of a part of a log; invalid bytes are replaced, and lines that are cut at either end are dropped. */
    static LogPart decode(byte[] part, Charset charset, boolean atStart, boolean atEnd) {
        LogPart lines = new LogPart(new ArrayList<>(), new ArrayList<>());
        String text = new String(part, charset);
        int from = atStart ? 0 : text.indexOf('\n') + 1;
        int number = 1;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            if (end < 0 && !atEnd) {
                return lines;
            }
            int until = end < 0 ? text.length() : end;
            lines.add(text.substring(from, until), number++);
            from = until + 1;
        }
        return lines;
    }

    /** Lines with their numbers. */
    record LogPart(List<String> lines, List<Integer> numbers) {
        /** A progress meter overwrites its line many times: its last state is kept, and other output of the line. */
        private void add(String line, int number) {
            List<String> states = new ArrayList<>();
            boolean overwritten = line.indexOf('\r') >= 0;
            String previous = "";
            for (String state : line.split("\r")) {
                String clean = clean(state);
                String shape = overwritten ? METER.matcher(clean).replaceAll("") : "";
                if (!states.isEmpty() && shape.equals(previous)) {
                    states.removeLast();
                }
                if (!clean.isEmpty()) {
                    states.add(clean);
                    previous = shape;
                }
            }
            if (states.isEmpty()) {
                states.add("");
            }
            for (String state : states) {
                lines.add(state);
                numbers.add(number);
            }
        }

        private static String clean(String line) {
            return TextSanitizer.singleLine(
                            line.substring(0, Math.min(line.length(), 4 * MAX_LINE_CHARS)), MAX_LINE_CHARS)
                    .stripTrailing();
        }
    }
}
