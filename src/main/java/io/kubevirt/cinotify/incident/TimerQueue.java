// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is to be done when: one timer of each kind for each thing. */
public final class TimerQueue {

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

    /**
     * Something to be done at an instant.
     *
     * @param key of what: a family, or the key of a case
     */
    public record Timer(Instant at, Kind kind, String key) implements Comparable<Timer> {

        private static final Comparator<Timer> ORDER =
                Comparator.comparing(Timer::at).thenComparing(Timer::kind).thenComparing(Timer::key);

        @Override
        public int compareTo(Timer other) {
            return ORDER.compare(this, other);
        }
    }

    private record TimerKey(Kind kind, String key) {}

    private final TreeSet<Timer> timers = new TreeSet<>();
    private final Map<TimerKey, Timer> byKey = new HashMap<>();

    /** Sets a timer, in place of the former one. */
    public void set(Kind kind, String key, Instant at) {
        cancel(kind, key);
        Timer timer = new Timer(at, kind, key);
        timers.add(timer);
        byKey.put(new TimerKey(kind, key), timer);
    }

    public void cancel(Kind kind, String key) {
        Timer timer = byKey.remove(new TimerKey(kind, key));
        if (timer != null) {
            timers.remove(timer);
        }
    }

    public Optional<Instant> next() {
        return timers.isEmpty() ? Optional.empty() : Optional.of(timers.first().at());
    }

    /** Takes the first timer of a kind out if it is due before an instant. */
    public Optional<Timer> takeDue(Kind kind, Instant before) {
        Optional<Timer> due = timers.stream()
                .takeWhile(timer -> timer.at().isBefore(before))
                .filter(timer -> timer.kind() == kind)
                .findFirst();
        due.ifPresent(timer -> cancel(timer.kind(), timer.key()));
        return due;
    }

    /** Takes the first timer out if it is due. */
    public Optional<Timer> takeDue(Instant now) {
        if (timers.isEmpty() || timers.first().at().isAfter(now)) {
            return Optional.empty();
        }
        Timer timer = timers.first();
        cancel(timer.kind(), timer.key());
        return Optional.of(timer);
    }
}
