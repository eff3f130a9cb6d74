// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.SuppressionReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts runs by outcome, to show that none is lost. */
final class ReplayAccounting {

    private final SortedMap<String, Integer> suppressed = new TreeMap<>();
    private final Set<String> held = new HashSet<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    private int received;
    private int delivered;

    void countReceived() {
        received++;
    }

    /** The message is deferred to the working hours of its recipient. */
    void markWaiting(String message) {
        waiting.put(message, 0);
    }

    void settle(String run, Decision.RunOutcome outcome) {
        held.remove(run);
        switch (outcome) {
            case Decision.RunOutcome.Held() -> held.add(run);
            case Decision.RunOutcome.Suppressed(SuppressionReason reason) -> suppress(reason, 1);
            case Decision.RunOutcome.Notified(String message) -> {
                if (waiting.computeIfPresent(message, (same, runs) -> runs + 1) == null) {
                    delivered++;
                }
            }
        }
    }

    /** The message is sent. */
    void delivered(String message) {
        delivered += Objects.requireNonNullElse(waiting.remove(message), 0);
    }

    /** The message will not be sent. */
    void withdrawn(String message, SuppressionReason reason) {
        int runs = Objects.requireNonNullElse(waiting.remove(message), 0);
        if (runs > 0) {
            suppress(reason, runs);
        }
    }

    private void suppress(SuppressionReason reason, int runs) {
        suppressed.merge(reason.value(), runs, Integer::sum);
    }

    SortedMap<String, Integer> suppressed() {
        return new TreeMap<>(suppressed);
    }

    ReplayReport.Accounting totals() {
        return new ReplayReport.Accounting(received, delivered, sum(suppressed), sum(waiting), 0, held.size());
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
