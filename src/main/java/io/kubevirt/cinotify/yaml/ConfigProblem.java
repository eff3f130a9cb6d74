// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A problem in a file that people write, and how to fix it, without final periods; lines count from 1. */
public record ConfigProblem(String file, @Nullable Integer line, String problem, String hint) {
    public static final Comparator<ConfigProblem> BY_FILE_AND_LINE = Comparator.comparing(ConfigProblem::file)
            .thenComparing(ConfigProblem::line, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ConfigProblem::problem);

    public static ConfigProblem ofFile(String file, String problem, String hint) {
        return new ConfigProblem(file, null, problem, hint);
    }

    /** One line for a terminal or log: {@code file:line: problem; hint}. */
    @Override
    public String toString() {
        return (line == null ? file : file + ":" + line) + ": " + problem + "; " + hint;
    }
}
