// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Who is on duty when, from a source other than the table. A minute without a shift is one without anybody on duty. */
public interface DutyPlan {
    /** The shifts that touch a range, cut to it, in order; two overlap if two people are on duty. */
    List<DutyShift> shifts(TimeRange range);

    /** Everybody who may have a shift; handles ignore case. */
    Set<String> people();

    /** Whether one person at a time is meant to be on duty. */
    default boolean isTurns() {
        return true;
    }

    /** The end of what the source shows; later, nobody is known to be on duty. */
    default Instant knownUntil() {
        return Instant.MAX;
    }

    /** What of the source is not followed after an instant, such as shifts of people whom nobody knows; the latest first. */
    default List<RosterProblem> problems(String rotation, Instant since) {
        return List.of();
    }

    /** Of all times. */
    default List<RosterProblem> problems(String rotation) {
        return problems(rotation, Instant.MIN);
    }

    /** A time in which one person is on duty. */
    record DutyShift(String person, TimeRange range) {
        boolean isOf(String handle) {
            return person.equalsIgnoreCase(handle);
        }
    }
}
