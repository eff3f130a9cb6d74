// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Timers in the order in which they fire; at most one of each kind for each key. */
public final class TimerQueue {
    /** In the order in which timers of the same instant fire: an incident closes before anybody is notified of it. */
    public enum Kind {
        /** The wait of a family is over. */
        HELD,
        /** No sign of the outage for long enough. */
        OUTAGE_END,
        /** No failure of the lane for long enough. */
        QUIET,
        /** The known issue that mutes a lane expires. */
        MUTE_END,
        /** A closed incident is too old to reopen. */
        FORGET,
        /** A deferred notification is due. */
        DUE,
        /** A snooze is over. */
        SNOOZE_END,
        /** The time to acknowledge is over. */
        UNANSWERED,
        /** The assignee's working hours are over, or the next person's begin. */
        HANDOFF
    }

    /** A timer. {@code key}: a family, or the key or id of an incident. */
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

    /** Sets a timer; replaces the one of the same kind and key. */
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

    /** Removes the first timer of a kind that is due before an instant. */
    public Optional<Timer> takeDue(Kind kind, Instant before) {
        Optional<Timer> due = timers.stream()
                .takeWhile(timer -> timer.at().isBefore(before))
                .filter(timer -> timer.kind() == kind)
                .findFirst();
        due.ifPresent(timer -> cancel(timer.kind(), timer.key()));
        return due;
    }

    public Optional<Timer> takeDue(Instant now) {
        if (timers.isEmpty() || timers.first().at().isAfter(now)) {
            return Optional.empty();
        }
        Timer timer = timers.first();
        cancel(timer.kind(), timer.key());
        return Optional.of(timer);
    }
}
