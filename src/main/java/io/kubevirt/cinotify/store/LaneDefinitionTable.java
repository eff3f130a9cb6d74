// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** When the definitions of lanes changed. */
public final class LaneDefinitionTable {
    private final Handle handle;

    LaneDefinitionTable(Handle handle) {
        this.handle = handle;
    }

    /** Stores the digests that differ from the last ones. What is seen first of all is no change; a lane added later is. */
    public int observe(Map<String, String> digests, Instant now) {
        Map<String, String> last = new HashMap<>();
        handle.createQuery("SELECT lane, digest FROM lane_definition ORDER BY seen_at")
                .map((row, context) -> last.put(row.getString("lane"), row.getString("digest")))
                .list();
        int changed = 0;
        for (Map.Entry<String, String> each : digests.entrySet()) {
            if (!each.getValue().equals(last.get(each.getKey()))) {
                handle.createUpdate("INSERT INTO lane_definition (lane, seen_at, digest, changed)"
                                + " VALUES (:lane, :now, :digest, :changed) ON CONFLICT (lane, seen_at)"
                                + " DO UPDATE SET digest = :digest")
                        .bind("lane", each.getKey())
                        .bind("now", now.toEpochMilli())
                        .bind("digest", each.getValue())
                        .bind("changed", last.isEmpty() ? 0 : 1)
                        .execute();
                changed++;
            }
        }
        return changed;
    }

    /** The last change of any of the lanes up to an instant. */
    public Optional<Instant> lastChange(Collection<String> lanes, Instant until) {
        return lanes.isEmpty()
                ? Optional.empty()
                : handle.createQuery("SELECT max(seen_at) FROM lane_definition WHERE lane IN (<lanes>)"
                                + " AND changed = 1 AND seen_at <= :until")
                        .bindList("lanes", lanes.stream().toList())
                        .bind("until", until.toEpochMilli())
                        .mapTo(Long.class)
                        .findOne()
                        .map(Instant::ofEpochMilli);
    }

    /** The newest definition of each lane stays. */
    public int forgetBefore(Instant instant, int limit) {
        return handle.createUpdate("DELETE FROM lane_definition WHERE (lane, seen_at) IN (SELECT lane, seen_at FROM"
                        + " lane_definition WHERE seen_at < :instant AND EXISTS (SELECT 1 FROM lane_definition AS newer"
                        + " WHERE newer.lane = lane_definition.lane AND newer.seen_at > lane_definition.seen_at)"
                        + " LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
