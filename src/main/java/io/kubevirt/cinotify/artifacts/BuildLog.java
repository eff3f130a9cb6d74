// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The beginning and the end of a build log; of a short one, all of it. Free of terminal escapes and control characters.
 *
 * @param head the first lines
 * @param tail the last lines, if something was left out between
 * @param hasGap whether lines between head and tail were left out
 * @param bytes how long the log is; negative if the store does not say
 */
public record BuildLog(List<String> head, List<String> tail, boolean hasGap, long bytes) {

    /** No log is known. */
    public static final BuildLog NONE = new BuildLog(List.of(), List.of(), false, 0);

    /** Copies the lists. */
    public BuildLog {
        head = List.copyOf(head);
        tail = List.copyOf(tail);
    }

    /** A log that is known in whole. */
    public static BuildLog whole(List<String> lines) {
        return new BuildLog(lines, List.of(), false, -1);
    }

    /** All that is known of it, in order. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(head);
        lines.addAll(tail);
        return lines;
    }

    /** The number of a line within the whole log, from 1; empty behind a gap. */
    public OptionalInt lineNumber(int index) {
        return hasGap && index >= head.size() ? OptionalInt.empty() : OptionalInt.of(index + 1);
    }
}
