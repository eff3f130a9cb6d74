// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long things took, in nanoseconds. */
final class Latencies {

    private final ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();

    void add(long nanoseconds) {
        taken.add(nanoseconds);
    }

    int count() {
        return taken.size();
    }

    /** In milliseconds; the largest for 1.0. Zero if nothing was measured. */
    double percentile(double part) {
        long[] sorted = taken.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] / 1e6;
    }

    @Override
    public String toString() {
        return Arrays.toString(new double[] {percentile(0.5), percentile(0.95), percentile(0.99)});
    }
}
