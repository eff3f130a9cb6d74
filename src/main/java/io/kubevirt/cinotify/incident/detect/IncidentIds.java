// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.DetectedIncident.IncidentIdentity;
import io.kubevirt.cinotify.incident.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Assigns incident ids. After a replay, an incident that people know keeps its id, even if it turns out to have begun
 * at another instant.
 */
public final class IncidentIds {
    /** Incidents that began further apart are different ones. */
    private static final Duration MAX_DISTANCE = Duration.ofHours(48);

    private final List<IncidentIdentity> reusable = new ArrayList<>();
    private final Set<String> issuedIds = new HashSet<>();
    private final Predicate<String> isTaken;

    /** @param isTaken whether an incident in the state has the id */
    IncidentIds(Predicate<String> isTaken) {
        this.isTaken = isTaken;
    }

    /** Sets the identities to reuse before new ones are issued. {@code taken}: ids of incidents in the state. */
    void offerReusable(Collection<IncidentIdentity> issued, Collection<String> taken) {
        reusable.clear();
        reusable.addAll(issued);
        reusable.removeIf(each -> taken.contains(each.id()));
        issuedIds.clear();
        issuedIds.addAll(taken);
    }

    /** The ids taken at {@link #offerReusable} and those issued since. */
    public Set<String> issuedIds() {
        return issuedIds;
    }

    String issue(IncidentKind kind, String subject, Instant openedAt) {
        String fresh = DetectedIncident.idOf(subject, openedAt);
        String id = first(issued -> issued.subject().equals(subject)
                        && issued.kind() == kind
                        && issued.openedAt().equals(openedAt))
                .or(() -> first(issued -> issued.id().equals(fresh)))
                .or(() -> nearest(kind, subject, openedAt))
                .map(IncidentIdentity::id)
                .orElseGet(() -> unused(subject, fresh, openedAt));
        reusable.removeIf(issued -> issued.id().equals(id));
        issuedIds.add(id);
        return id;
    }

    private Optional<IncidentIdentity> first(Predicate<IncidentIdentity> which) {
        return reusable.stream().filter(which).findFirst();
    }

    /** An incident that began earlier may have reused the id that belongs to this instant. */
    private String unused(String subject, String fresh, Instant openedAt) {
        String id = fresh;
        for (int next = 2; issuedIds.contains(id) || isTaken.test(id); next++) {
            id = DetectedIncident.idOf(subject + " " + next, openedAt);
        }
        return id;
    }

    /** For outages only the time counts: which of the signs comes first is chance. */
    private Optional<IncidentIdentity> nearest(IncidentKind kind, String subject, Instant openedAt) {
        return reusable.stream()
                .filter(issued ->
                        issued.kind() == kind && distance(issued, openedAt).compareTo(MAX_DISTANCE) <= 0)
                .filter(issued ->
                        kind == IncidentKind.OUTAGE || issued.subject().equals(subject))
                .min(Comparator.comparing(
                                (IncidentIdentity issued) -> !issued.subject().equals(subject))
                        .thenComparing(issued -> distance(issued, openedAt))
                        .thenComparing(IncidentIdentity::id));
    }

    private static Duration distance(IncidentIdentity issued, Instant at) {
        return Duration.between(issued.openedAt(), at).abs();
    }
}
