// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.IncidentIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

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

    public List<ResponseState> all() {
        return List.copyOf(responses.values());
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
}
