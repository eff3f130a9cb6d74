// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Pull;
import java.time.Instant;
import java.util.Comparator;

/**
 * A run of a history.
 *
 * @param at when the run was observed
 * @param id lane and build; a hash of the line if the build is unknown
 */
public record HistoryEntry(Instant at, String id, JobRun run) implements Comparable<HistoryEntry> {

    /** Independent of the order of lines. */
    private static final Comparator<HistoryEntry> ORDER = Comparator.comparing(HistoryEntry::at)
            .thenComparing(past -> past.run().job())
            .thenComparing(HistoryEntry::pullNumber)
            .thenComparing(HistoryEntry::id)
            .thenComparing(past -> past.run().state());

    private int pullNumber() {
        return run.pulls().stream().mapToInt(Pull::number).findFirst().orElse(0);
    }

    @Override
    public int compareTo(HistoryEntry other) {
        return ORDER.compare(this, other);
    }
}
