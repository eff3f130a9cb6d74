// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is to be done when: one timer of each kind for each thing. */
public final class TimerQueue {

    private record TimerKey(Timer.Kind kind, String key) {}

    private final TreeSet<Timer> timers = new TreeSet<>();
    private final Map<TimerKey, Timer> byKey = new HashMap<>();

    /** Sets a timer, in place of the former one. */
    public void set(Timer.Kind kind, String key, Instant at) {
        cancel(kind, key);
        Timer timer = new Timer(at, kind, key);
        timers.add(timer);
        byKey.put(new TimerKey(kind, key), timer);
    }

    public void cancel(Timer.Kind kind, String key) {
        Timer timer = byKey.remove(new TimerKey(kind, key));
        if (timer != null) {
            timers.remove(timer);
        }
    }

    public Optional<Instant> next() {
        return timers.isEmpty() ? Optional.empty() : Optional.of(timers.first().at());
    }

    /** Takes the first timer of a kind out if it is due before an instant. */
    public Optional<Timer> takeDue(Timer.Kind kind, Instant before) {
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
