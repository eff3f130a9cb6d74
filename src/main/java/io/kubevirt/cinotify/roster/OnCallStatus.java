// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is on call for an area at an instant.
 *
 * @param responsible the member on call, from the first level with a member at work; null for nobody
 * @param next null if nobody will be at work
 */
public record OnCallStatus(
        String area,
        Instant at,
        @Nullable Member responsible,
        @Nullable Level level,
        @Nullable Next next) {
    /**
     * The member that an unacknowledged incident escalates to: from the next level, or else another one of the same level. If
     * the first level is not at work, its first member to return.
     *
     * @param at the first working minute, possibly now
     */
    public record Next(Member person, Level level, Instant at) {}
}
