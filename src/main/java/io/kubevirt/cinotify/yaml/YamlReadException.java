// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

/** Ends the reading of a document from deep within it; never leaves this package. */
final class YamlReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String problem;
    private final String hint;

    YamlReadException(int line, String problem, String mend) {
        super(problem, null, false, false);
        this.line = line;
        this.problem = problem;
        this.hint = mend;
    }

    ConfigProblem toProblem(String file) {
        return new ConfigProblem(file, line, problem, hint);
    }
}
