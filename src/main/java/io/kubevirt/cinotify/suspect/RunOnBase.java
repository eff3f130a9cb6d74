// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finished run of the lane, green or red.
 *
 * @param startedAt when its base was chosen, as far as known
 * @param base the commit of the branch that it tested; null if unknown: it follows from the time then
 * @param pulls the pull requests that it tested on top of the base
 */
public record RunOnBase(Instant startedAt, @Nullable String base, boolean red, Set<Integer> pulls) {
    public RunOnBase {
        pulls = Set.copyOf(pulls);
    }
}
