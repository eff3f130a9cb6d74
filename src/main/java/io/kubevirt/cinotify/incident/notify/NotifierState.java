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

/** What is remembered of speaking with people, beside the care for each incident. */
@Persisted
public final class NotifierState {

    @JsonAlias("lastTold")
    private final TreeMap<String, Instant> lastNotified = new TreeMap<>();

    @JsonAlias("waiting")
    private final TreeSet<String> heldRuns = new TreeSet<>();

    private Instant clock = Instant.EPOCH;

    @JsonAlias("settledAt")
    private Instant deferredUntil = Instant.EPOCH;

    /** Time does not go back, whatever the clock says. */
    public Instant advanceClock(Instant now) {
        clock = now.isAfter(clock) ? now : clock;
        return clock;
    }

    /** A person is told at an instant, possibly one to come. */
    void recordNotified(String handle, Instant at) {
        lastNotified.merge(handle.toLowerCase(Locale.ROOT), at, (old, fresh) -> fresh.isAfter(old) ? fresh : old);
    }

    Optional<Instant> lastNotified(String handle) {
        return Optional.ofNullable(lastNotified.get(handle.toLowerCase(Locale.ROOT)));
    }

    /** News come in late: nobody is told before those that follow have been taken in as well. */
    public void deferUntil(Instant now, Duration time) {
        Instant end = now.plus(time);
        deferredUntil = end.isAfter(deferredUntil) ? end : deferredUntil;
    }

    Instant deferredUntil() {
        return deferredUntil;
    }

    /** The runs that wait for something larger. */
    TreeSet<String> heldRuns() {
        return heldRuns;
    }
}
