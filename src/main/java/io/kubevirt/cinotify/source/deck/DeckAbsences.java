// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.deck;

import io.kubevirt.cinotify.source.UnfinishedProwJobs;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The ProwJobs that no deck shows any more: each deck shows only those of its own Prow. Thread-safe. */
public final class DeckAbsences {
    private final UnfinishedProwJobs unfinished;
    private final List<AbsenceTracker> decks = new CopyOnWriteArrayList<>();

    /** With the ProwJobs of all decks; none if a watch reports deletions: deck does not show hidden ProwJobs. */
    public DeckAbsences(UnfinishedProwJobs unfinished) {
        this.unfinished = unfinished;
    }

    /** Adds a deck. */
    AbsenceTracker track() {
        AbsenceTracker tracker = new AbsenceTracker(unfinished, this);
        decks.add(tracker);
        return tracker;
    }

    boolean isGoneFromAll(String prowJob) {
        return decks.stream().map(AbsenceTracker::gone).allMatch((Set<String> gone) -> gone.contains(prowJob));
    }
}
