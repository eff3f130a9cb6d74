/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.incident.policy;

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
 * Gives incidents their identities. Where what has happened is counted again, an incident that people know already keeps
 * its own, although it may turn out to have begun at another instant.
 */
final class Names {

    /** What began further apart is not the same. */
    private static final Duration NEAR = Duration.ofHours(48);

    /** An identity that has been given out. */
    record Issued(String id, CaseKind kind, String subject, Instant openedAt) {}

    private final List<Issued> free = new ArrayList<>();
    private final Set<String> given = new HashSet<>();
    private final Predicate<String> isTaken;

    /** @param isTaken whether an incident that is remembered has the identity */
    Names(Predicate<String> isTaken) {
        this.isTaken = isTaken;
    }

    /**
     * From now on these are given out before any new one.
     *
     * @param taken those of incidents that are remembered
     */
    void offer(Collection<Issued> issued, Collection<String> taken) {
        free.clear();
        free.addAll(issued);
        free.removeIf(each -> taken.contains(each.id()));
        given.clear();
        given.addAll(taken);
    }

    /** Those taken at {@link #offer} and those given out since. */
    Set<String> given() {
        return given;
    }

    String of(CaseKind kind, String subject, Instant openedAt) {
        String fresh = Case.idOf(subject, openedAt);
        String id = free.stream()
                .filter(issued -> issued.id().equals(fresh))
                .findFirst()
                .or(() -> nearest(kind, subject, openedAt))
                .map(Issued::id)
                .orElseGet(() -> unused(subject, fresh, openedAt));
        free.removeIf(issued -> issued.id().equals(id));
        given.add(id);
        return id;
    }

    /** What began now may have given its identity to what began earlier. */
    private String unused(String subject, String fresh, Instant openedAt) {
        String id = fresh;
        for (int next = 2; given.contains(id) || isTaken.test(id); next++) {
            id = Case.idOf(subject + " " + next, openedAt);
        }
        return id;
    }

    /** Outages go by their time alone: which of its signs came first is chance. */
    private Optional<Issued> nearest(CaseKind kind, String subject, Instant openedAt) {
        return free.stream()
                .filter(issued ->
                        issued.kind() == kind && distance(issued, openedAt).compareTo(NEAR) <= 0)
                .filter(issued -> kind == CaseKind.OUTAGE || issued.subject().equals(subject))
                .min(Comparator.comparing((Issued issued) -> !issued.subject().equals(subject))
                        .thenComparing(issued -> distance(issued, openedAt))
                        .thenComparing(Issued::id));
    }

    private static Duration distance(Issued issued, Instant at) {
        return Duration.between(issued.openedAt(), at).abs();
    }
}
