// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import org.jspecify.annotations.Nullable;

/**
 * A pull request under test in a run.
 *
 * @param number its number in the run's repository
 * @param author the GitHub login of its author, if the event source carries it
 * @param sha the tested head commit, if the event source carries it
 */
public record Pull(
        int number, @Nullable String author, @Nullable String sha) {

    /** A pull request of which only the number is known, for example from the URL of a run. */
    public static Pull numbered(int number) {
        return new Pull(number, null, null);
    }
}
