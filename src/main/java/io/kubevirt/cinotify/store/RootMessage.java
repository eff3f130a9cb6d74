// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import org.jspecify.annotations.Nullable;

/**
 * What stands at a place for a thread.
 *
 * @param reference by what the channel knows it; null once somebody has deleted it
 * @param shownSequence the sequence of the newest saying that it shows
 * @param deletions how often somebody has deleted it
 */
public record RootMessage(@Nullable String reference, long shownSequence, int deletions) {

    /** Where nothing has been written. */
    public static final RootMessage NONE = new RootMessage(null, 0, 0);
}
