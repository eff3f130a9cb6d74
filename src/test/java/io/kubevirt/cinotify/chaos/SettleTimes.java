// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** How long after the last fault each message took to be settled and verified, by channel: each has its own limits. */
final class SettleTimes {
    private static final String PENDING = "SELECT channel, 'message ' || sequence AS id FROM outbox"
            + " WHERE state IN ('waiting', 'sending', 'unknown') UNION ALL"
            + " SELECT channel, 'root ' || destination || ' ' || thread AS id FROM outbox_root"
            + " WHERE verify_at IS NOT NULL";

    private final Map<String, List<Long>> seconds = new TreeMap<>();
    private final Map<String, String> pending = new HashMap<>();
    private long start = System.nanoTime();

    /** The times of one channel, in seconds. */
    record Settled(
            @JsonProperty int messages,
            @JsonProperty long p50,
            @JsonProperty long p95,
            @JsonProperty long longest) {}

    /** Nothing fails from now on. */
    void begin() {
        start = System.nanoTime();
    }

    /** Whether nothing is pending any more. */
    boolean isSettled(StoredOutcomes store) {
        Set<String> left = new HashSet<>();
        for (Map<String, Object> row : store.query(PENDING)) {
            String id = row.get("channel") + " " + row.get("id");
            left.add(id);
            pending.put(id, String.valueOf(row.get("channel")));
        }
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        pending.entrySet().removeIf(entry -> {
            if (left.contains(entry.getKey())) {
                return false;
            }
            seconds.computeIfAbsent(entry.getValue(), none -> new ArrayList<>()).add(now);
            return true;
        });
        return left.isEmpty();
    }

    Map<String, Settled> byChannel() {
        Map<String, Settled> settled = new TreeMap<>();
        seconds.forEach((channel, times) -> settled.put(
                channel,
                new Settled(times.size(), percentile(times, 50), percentile(times, 95), Collections.max(times))));
        return settled;
    }

    private static long percentile(List<Long> times, int percent) {
        List<Long> sorted = times.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
