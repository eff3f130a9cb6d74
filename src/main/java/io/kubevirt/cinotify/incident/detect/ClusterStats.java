// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.prow.JobState;

/** Counts errors and failures of a build cluster. */
final class ClusterStats implements SlidingWindow.Stats {

    private final Multiset<String> lanes = new Multiset<>();
    private final Multiset<String> subjects = new Multiset<>();
    private int runs;
    private int red;
    private int errors;

    @Override
    public void add(WindowEntry entry) {
        count(entry, 1);
        if (entry.failed()) {
            lanes.add(entry.run().job());
            subjects.add(entry.run().subject());
        }
    }

    @Override
    public void remove(WindowEntry entry) {
        count(entry, -1);
        if (entry.failed()) {
            lanes.remove(entry.run().job());
            subjects.remove(entry.run().subject());
        }
    }

    private void count(WindowEntry entry, int difference) {
        runs += difference;
        red += entry.failed() ? difference : 0;
        errors += entry.run().state() == JobState.ERROR ? difference : 0;
    }

    /** Whether the cluster itself is the likely cause. */
    boolean isTrouble(Thresholds.Clusters thresholds) {
        return errors >= thresholds.errors()
                || (lanes.distinct() >= thresholds.lanes()
                        && subjects.distinct() >= thresholds.subjects()
                        && red * 100L >= (long) thresholds.share() * runs);
    }
}
