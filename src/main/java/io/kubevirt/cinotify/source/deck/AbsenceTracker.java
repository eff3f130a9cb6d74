// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.deck;

import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.UnfinishedProwJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Distinguishes a ProwJob that is gone from one that deck does not show at the moment. An incomplete response proves
 * nothing. A replica of deck may be behind another one, so a ProwJob is gone only after every complete response of some
 * minutes lacked it, at each deck. Deck shows finished ProwJobs until Prow deletes them, so one that ended is not taken for deleted.
 */
final class AbsenceTracker {
    /** Ten refreshes of deck (prow-contract §6). */
    static final Duration GONE_AFTER = Duration.ofMinutes(5);

    private final UnfinishedProwJobs unfinished;
    private final Map<String, Instant> absentSince = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final DeckAbsences allDecks;
    private volatile Set<String> gone = Set.of();

    AbsenceTracker(UnfinishedProwJobs unfinished, DeckAbsences allDecks) {
        this.unfinished = unfinished;
        this.allDecks = allDecks;
    }

    /** Call it before each request. */
    void begin() throws JournalUnavailableException {
        missing.clear();
        missing.addAll(unfinished.names());
    }

    void shown(String name) {
        missing.remove(name);
    }

    /**
     * Call it after each complete response; returns the names of the ProwJobs that are gone from all decks, until they
     * count as finished.
     *
     * @param changed false for a response that confirms the previous one
     */
    Set<String> end(boolean changed, Instant now) {
        if (!changed) {
            missing.retainAll(absentSince.keySet());
        }
        absentSince.keySet().retainAll(missing);
        missing.forEach(name -> absentSince.putIfAbsent(name, now));
        gone = absentSince.entrySet().stream()
                .filter(absence -> !absence.getValue().plus(GONE_AFTER).isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        return gone.stream().filter(allDecks::isGoneFromAll).collect(Collectors.toSet());
    }

    /** Gone from this deck. Thread-safe. */
    Set<String> gone() {
        return gone;
    }
}
