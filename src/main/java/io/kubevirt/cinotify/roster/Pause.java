// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;

/**
 * Time in which a member asked not to be told anything.
 *
 * @param from the first instant of silence
 * @param until the first instant at which the member may be told again
 */
public record Pause(Instant from, Instant until) {

    /** @throws IllegalArgumentException if it ends before it begins */
    public Pause {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("the pause ends at " + until + ", before it begins at " + from);
        }
    }

    TimeRange range() {
        return new TimeRange(from, until);
    }
}
