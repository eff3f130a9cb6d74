// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import org.jspecify.annotations.Nullable;

/** The figures of one lane. */
final class LaneWindowStats {

    private final Multiset<Integer> pulls = new Multiset<>();
    private int red;
    private int green;
    private @Nullable Integer requiredFailures;

    void add(WindowEntry entry) {
        requiredFailures = entry.run().requiredFailures();
        count(entry, 1);
        if (entry.counts()) {
            pulls.add(entry.run().pull());
        }
    }

    void remove(WindowEntry entry) {
        count(entry, -1);
        if (entry.counts()) {
            pulls.remove(entry.run().pull());
        }
    }

    private void count(WindowEntry entry, int difference) {
        red += entry.counts() ? difference : 0;
        green += entry.isGreen() ? difference : 0;
    }

    /** Distinct pull requests with a red run that counts. */
    int pulls() {
        return pulls.distinct();
    }

    /** Red runs that count. */
    int red() {
        return red;
    }

    /** Runs that passed, or would have. */
    int green() {
        return green;
    }

    /** What the job asks for itself. */
    @Nullable Integer requiredFailures() {
        return requiredFailures;
    }
}
