// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a document that a person wrote, told so that the person can mend it.
 *
 * @param file the document, as its reader knows it: a path or a ConfigMap key
 * @param line the line, counted from 1, or null where only the whole document is to blame
 * @param problem what is wrong, as a sentence without the final stop
 * @param hint what to do about it, as a sentence without the final stop
 */
public record ConfigProblem(String file, @Nullable Integer line, String problem, String hint) {

    /** By document, then line: the order in which a person works through them. */
    public static final Comparator<ConfigProblem> BY_FILE_AND_LINE = Comparator.comparing(ConfigProblem::file)
            .thenComparing(ConfigProblem::line, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ConfigProblem::problem);

    /** A problem of the document as a whole. */
    public static ConfigProblem ofFile(String file, String problem, String mend) {
        return new ConfigProblem(file, null, problem, mend);
    }

    /** One line for a terminal or a log: {@code file:line: what is wrong; how to mend}. */
    @Override
    public String toString() {
        return (line == null ? file : file + ":" + line) + ": " + problem + "; " + hint;
    }
}
