// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.detect.SlidingWindow.Multiset;
import io.kubevirt.cinotify.incident.detect.SlidingWindow.Stats;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts pull requests of a repository on which several lanes fail at the same time. Many of them point to an outage,
 * not to a lane.
 */
final class BurstStats implements Stats {
    private final Thresholds thresholds;
    private final Map<Integer, PullRequestStats> pulls = new TreeMap<>();
    private final Set<Integer> struck = new TreeSet<>();
    private int successes;

    BurstStats(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    @Override
    public void add(WindowEntry entry) {
        int pull = entry.run().pull();
        pulls.computeIfAbsent(pull, number -> new PullRequestStats()).add(entry);
        count(entry, 1);
        judge(pull);
    }

    @Override
    public void remove(WindowEntry entry) {
        int pull = entry.run().pull();
        pulls.computeIfPresent(pull, (number, lanes) -> {
            lanes.remove(entry);
            return lanes.seen().isEmpty() ? null : lanes;
        });
        count(entry, -1);
        judge(pull);
    }

    /**
     * Without any success no share is computed; so the first success that enters and the last that leaves change the
     * result for all pull requests.
     */
    private void count(WindowEntry entry, int difference) {
        if (entry.passed()) {
            boolean knownBefore = successes > 0;
            successes += difference;
            if (knownBefore != successes > 0) {
                Set.copyOf(pulls.keySet()).forEach(this::judge);
            }
        }
    }

    private void judge(int pull) {
        PullRequestStats lanes = pulls.get(pull);
        if (lanes != null && isStruck(lanes)) {
            struck.add(pull);
        } else {
            struck.remove(pull);
        }
    }

    private boolean isStruck(PullRequestStats lanes) {
        int red = lanes.red().distinct();
        return red >= thresholds.burst().lanesEach()
                && (successes == 0
                        || red * 100L
                                >= (long) thresholds.presubmits().share()
                                        * lanes.seen().distinct());
    }

    boolean isBurst() {
        return struck.size() >= thresholds.burst().pulls()
                && (successes == 0
                        || struck.size() * 100L >= (long) thresholds.burst().share() * pulls.size())
                && redLanesReach(thresholds.burst().lanes());
    }

    private boolean redLanesReach(int enough) {
        Set<String> lanes = new TreeSet<>();
        for (int pull : struck) {
            for (String lane :
                    pulls.getOrDefault(pull, new PullRequestStats()).red().elements()) {
                lanes.add(lane);
                if (lanes.size() >= enough) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Counts lanes of one pull request: failed ones, and all that ran. */
    static final class PullRequestStats implements Stats {
        private final Multiset<String> red = new Multiset<>();
        private final Multiset<String> seen = new Multiset<>();

        @Override
        public void add(WindowEntry entry) {
            seen.add(entry.run().job());
            if (isRed(entry)) {
                red.add(entry.run().job());
            }
        }

        @Override
        public void remove(WindowEntry entry) {
            seen.remove(entry.run().job());
            if (isRed(entry)) {
                red.remove(entry.run().job());
            }
        }

        /** A flake is no sign of an outage. */
        private static boolean isRed(WindowEntry entry) {
            return entry.failed() && entry.exclusion() != WindowEntry.Exclusion.FLAKE;
        }

        Multiset<String> red() {
            return red;
        }

        Multiset<String> seen() {
            return seen;
        }
    }
}
