// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a log that belong to a unified diff: they quote source code, whatever they complain about. */
final class QuotedDiff {
    private static final Pattern HEADER = Pattern.compile("^(diff -|index [0-9a-f]+\\.\\.[0-9a-f]+)");
    private static final Pattern FILE =
            Pattern.compile("^(--- |\\+\\+\\+ |(new|deleted) file mode|(old|new) mode|similarity"
                    + " index|rename (from|to) |Binary files |\\\\ No newline)");

    /** Longer hunks are not counted to their end. */
    private static final Pattern HUNK = Pattern.compile("^@@ -\\d+(?:,(\\d{1,6}))? \\+\\d+(?:,(\\d{1,6}))? @@");

    /** The result of a Go test, and what a shell says. */
    private static final Pattern OTHER = Pattern.compile("^(--- (FAIL|PASS|SKIP): |-\\w*sh: |\\+ )");

    private boolean inside;

    /** The lines of the hunk that are still to come, by its header. */
    private int before;

    private int after;

    /**
     * The next line of the log, or what is left of it: of a line in a diff nothing, but for the position in a file.
     *
     * @param line without the prefix of its runner
     * @param written with it
     */
    String unquoted(String line, String written) {
        Matcher hunk = HUNK.matcher(line);
        if (hunk.find()) {
            inside = true;
            before = count(hunk.group(1));
            after = count(hunk.group(2));
            return hunk.group();
        }
        boolean indented = line.startsWith(" ") || written.endsWith("  " + line);
        inside = HEADER.matcher(line).find()
                || inside
                        && (isOfHunk(line, indented)
                                || FILE.matcher(line).find()
                                        && !OTHER.matcher(line).find());
        return inside ? "" : line;
    }

    private static int count(@Nullable String lines) {
        return lines == null ? 1 : Integer.parseInt(lines);
    }

    private boolean isOfHunk(String line, boolean indented) {
        boolean open = before > 0 || after > 0;
        boolean unchanged = line.isEmpty() || indented;
        boolean added = line.startsWith("+");
        boolean removed = line.startsWith("-");
        before -= unchanged || removed ? 1 : 0;
        after -= unchanged || added ? 1 : 0;
        // A hunk may be longer than its header says, and what follows it may begin like its lines.
        return open && unchanged
                || (added || removed) && (open && added || !OTHER.matcher(line).find());
    }
}
