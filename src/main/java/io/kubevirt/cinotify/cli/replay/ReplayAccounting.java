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

/** Keeps count of where every run is, so that none is lost. */
final class ReplayAccounting {

    private final SortedMap<String, Integer> suppressed = new TreeMap<>();
    private final Set<String> held = new HashSet<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    private int received;
    private int delivered;

    void countReceived() {
        received++;
    }

    /** A message waits for its person. */
    void markWaiting(String message) {
        waiting.put(message, 0);
    }

    void settle(String run, Decision.RunOutcome fate) {
        held.remove(run);
        switch (fate) {
            case Decision.RunOutcome.Held() -> held.add(run);
            case Decision.RunOutcome.Suppressed(SuppressionReason reason) -> suppress(reason, 1);
            case Decision.RunOutcome.Notified(String message) -> {
                if (waiting.computeIfPresent(message, (same, runs) -> runs + 1) == null) {
                    delivered++;
                }
            }
        }
    }

    /** A message has been said. */
    void delivered(String message) {
        delivered += Objects.requireNonNullElse(waiting.remove(message), 0);
    }

    /** A message will never be said. */
    void withdrawn(String message, SuppressionReason why) {
        int runs = Objects.requireNonNullElse(waiting.remove(message), 0);
        if (runs > 0) {
            suppress(why, runs);
        }
    }

    private void suppress(SuppressionReason reason, int runs) {
        suppressed.merge(reason.value(), runs, Integer::sum);
    }

    SortedMap<String, Integer> suppressed() {
        return new TreeMap<>(suppressed);
    }

    ReplayReport.Accounting conservation() {
        return new ReplayReport.Accounting(received, delivered, sum(suppressed), sum(waiting), 0, held.size());
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
