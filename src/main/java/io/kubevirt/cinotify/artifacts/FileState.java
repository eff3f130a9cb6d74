// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of the attempt to read a file of a run. A missing file is knowledge, an unreachable store is not. */
public enum FileState {
    /** It was read to its end. */
    READ,
    /** Its beginning was read; then it broke off, or was longer than is read. */
    CUT,
    /** The store says that it is not there. */
    MISSING,
    /** It is there, but is not what it should be, or leads elsewhere. Another attempt finds the same. */
    UNREADABLE,
    /** Nobody knows whether it is there: the store answers, and lets nobody look. It may say so of what is missing. */
    DENIED,
    /** Nobody knows whether it is there: the store did not answer, or not with an answer. */
    UNREACHABLE;

    /** In lower case, as in traces. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
