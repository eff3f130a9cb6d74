// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import org.jspecify.annotations.Nullable;

/** A pull request under test in a run; what the event source does not carry is null. */
public record Pull(
        int number, @Nullable String author, @Nullable String sha) {
    /** Only the number is known, for example from the URL of a run. */
    public static Pull numbered(int number) {
        return new Pull(number, null, null);
    }
}
