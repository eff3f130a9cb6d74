// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import java.util.Comparator;

/**
 * Something to be done at an instant.
 *
 * @param key of what: a family, or the key of a case
 */
public record Timer(Instant at, Kind kind, String key) implements Comparable<Timer> {

    /** In the order in which they come at the same instant: what ends does so before anybody is told of it. */
    public enum Kind {
        /** A family has waited for something larger. */
        HELD,
        /** An outage has not shown itself for long enough. */
        OUTAGE_END,
        /** A lane has been quiet for long enough. */
        QUIET,
        /** What somebody cares for explains a lane no more. */
        MUTE_END,
        /** A closed incident is too old to go on. */
        FORGET,
        /** A member begins to work: what waited is said. */
        DUE,
        /** A snooze is over. */
        SNOOZE_END,
        /** A member has not answered in time. */
        UNANSWERED,
        /** The working hours of whoever has it are over, or the next person's begin. */
        HANDOFF
    }

    private static final Comparator<Timer> ORDER =
            Comparator.comparing(Timer::at).thenComparing(Timer::kind).thenComparing(Timer::key);

    @Override
    public int compareTo(Timer other) {
        return ORDER.compare(this, other);
    }
}
