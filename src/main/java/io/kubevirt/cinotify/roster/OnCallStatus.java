// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an area stands at an instant.
 *
 * @param area the area
 * @param at the instant
 * @param responsible the one at work on the first level that has anyone at work; null when nobody is
 * @param level the level of the responsible one; null when there is none
 * @param next who comes next; null when nobody ever does
 */
public record OnCallStatus(
        String area,
        Instant at,
        @Nullable Member responsible,
        @Nullable Level level,
        @Nullable Next next) {

    /**
     * Whoever follows if the responsible one does not answer: the next level, or where there is none another of the same;
     * where the first level is not at work, its return.
     *
     * @param person who
     * @param level as which
     * @param at the first working minute, possibly the present one
     */
    public record Next(Member person, Level level, Instant at) {}
}
