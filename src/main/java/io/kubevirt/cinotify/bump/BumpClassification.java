// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pull request is.
 *
 * @param kind what follows from it
 * @param bumpClass the class that it is of; null if it is of none
 * @param trace how that was found, a sentence a step
 */
public record BumpClassification(Kind kind, @Nullable BumpClass bumpClass, List<String> trace) {

    /** What follows. */
    public enum Kind {
        /** It brings in new versions: it is followed from its opening to its end. */
        BUMP,
        /** A bot's, of a known sort, that brings in none: left alone. */
        OTHER,
        /** A trusted bot's that is of no class: reported once, never guessed. */
        UNCLASSIFIED,
        /** Somebody's who is no bot that we know: left alone. */
        HUMAN
    }

    /** Copies the trace. */
    public BumpClassification {
        trace = List.copyOf(trace);
    }
}
