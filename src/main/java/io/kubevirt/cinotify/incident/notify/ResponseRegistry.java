// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.DetectedIncident.IncidentIdentity;
import io.kubevirt.cinotify.incident.KnownIncidents;
import io.kubevirt.cinotify.incident.Persisted;
import io.kubevirt.cinotify.incident.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The response to every incident that was or may still be announced. */
public final class ResponseRegistry {
    /** Longer than late events are accepted. */
    private static final Duration RETENTION = Duration.ofDays(6);

    private final TreeMap<String, ResponseState> responses = new TreeMap<>();
    private final NotifierState notifierState;

    public ResponseRegistry(NotifierState notifierState, Collection<ResponseState> known) {
        this.notifierState = notifierState;
        known.forEach(response -> responses.put(response.identity().id(), response));
    }

    public NotifierState notifierState() {
        return notifierState;
    }

    ResponseState to(DetectedIncident incident) {
        ResponseState response = responses.computeIfAbsent(
                incident.id(),
                id -> new ResponseState(
                        new IncidentIdentity(id, incident.kind(), incident.subject(), incident.openedAt())));
        response.updateOpenedAt(incident);
        return response;
    }

    public Optional<ResponseState> find(String id) {
        return Optional.ofNullable(responses.get(id));
    }

    /** The notification that waits for an incident, which may be that of another one. */
    Optional<ResponseState.Deferred> waitingFor(String id) {
        return responses.values().stream()
                .filter(response -> response.pending() != null
                        && (response.identity().id().equals(id)
                                || response.pending().otherIncidents().contains(id)))
                .findFirst()
                .map(ResponseState::pending);
    }

    public List<ResponseState> all() {
        return List.copyOf(responses.values());
    }

    /** The incidents whose ids detection may use again. */
    public KnownIncidents known(Thresholds.Reopening reopening, Instant now) {
        return new KnownIncidents(
                identities(response -> !response.isRetracted() || response.mayContinue(reopening, now)),
                identities(response ->
                        response.isOpen() || response.isRetracted() && response.mayContinue(reopening, now)));
    }

    private List<IncidentIdentity> identities(Predicate<ResponseState> which) {
        return responses.values().stream()
                .filter(which)
                .map(ResponseState::identity)
                .toList();
    }

    void forget(String id) {
        responses.remove(id);
    }

    /** Forgets incidents that are closed and cannot reopen. */
    void forgetOld(Instant now) {
        responses
                .values()
                .removeIf(response -> !response.isOpen()
                        && response.pending() == null
                        && response.view() != null
                        && response.view().closedAt() != null
                        && response.view().closedAt().plus(RETENTION).isBefore(now));
    }

    /** The state of the notifier besides the response to each incident. */
    @Persisted
    public static final class NotifierState {
        @JsonAlias("lastTold")
        private final TreeMap<String, Instant> lastNotified = new TreeMap<>();

        @JsonAlias("waiting")
        private final TreeSet<String> heldRuns = new TreeSet<>();

        private Instant clock = Instant.EPOCH;

        @JsonAlias("settledAt")
        private Instant deferredUntil = Instant.EPOCH;

        public Instant clock() {
            return clock;
        }

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
}
