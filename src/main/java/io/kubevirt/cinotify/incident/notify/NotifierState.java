// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.incident.Persisted;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The state of the notifier besides the response to each incident. */
@Persisted
public final class NotifierState {

    @JsonAlias("lastTold")
    private final TreeMap<String, Instant> lastNotified = new TreeMap<>();

    @JsonAlias("waiting")
    private final TreeSet<String> heldRuns = new TreeSet<>();

    private Instant clock = Instant.EPOCH;

    @JsonAlias("settledAt")
    private Instant deferredUntil = Instant.EPOCH;

    /** Moves the clock; time does not go back. */
    public Instant advanceClock(Instant now) {
        clock = now.isAfter(clock) ? now : clock;
        return clock;
    }

    /** Records when a person is notified, possibly in the future. */
    void recordNotified(String handle, Instant at) {
        lastNotified.merge(handle.toLowerCase(Locale.ROOT), at, (old, fresh) -> fresh.isAfter(old) ? fresh : old);
    }

    Optional<Instant> lastNotified(String handle) {
        return Optional.ofNullable(lastNotified.get(handle.toLowerCase(Locale.ROOT)));
    }

    /** Late events arrive: defers notifications until the events that follow have been processed too. */
    public void deferUntil(Instant now, Duration time) {
        Instant end = now.plus(time);
        deferredUntil = end.isAfter(deferredUntil) ? end : deferredUntil;
    }

    Instant deferredUntil() {
        return deferredUntil;
    }

    /** The runs whose outcome is still {@code Held}. */
    TreeSet<String> heldRuns() {
        return heldRuns;
    }
}
