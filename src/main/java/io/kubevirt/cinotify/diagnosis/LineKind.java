// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a line of a log is worth. */
public enum LineKind {
    /** It says why the run failed. */
    CAUSE,
    /** It may say so where no line says it better: runs that go well have it, too. */
    HINT,
    /** It tells of clearing away, after everything: never a cause. */
    TEARDOWN,
    /** It stands in good logs as in bad ones: never a cause. */
    NOISE;

    /** In lower case, as in settings and output. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
