// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.LocalDate;

/**
 * Days on which a member does not work, on the member's own calendar. A shift that began the evening before is worked
 * to its end.
 *
 * @param first the first day off
 * @param last the last day off, itself included
 */
public record DaysOff(LocalDate first, LocalDate last) {

    /** @throws IllegalArgumentException if the last day is before the first */
    public DaysOff {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("days off end on " + last + ", before they begin on " + first);
        }
    }

    /** Whether the day is one of them. */
    public boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
