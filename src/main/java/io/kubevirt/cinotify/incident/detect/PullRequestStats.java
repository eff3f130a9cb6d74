// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

/** Counts lanes of one pull request: failed ones, and all that ran. */
final class PullRequestStats implements SlidingWindow.Stats {

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
