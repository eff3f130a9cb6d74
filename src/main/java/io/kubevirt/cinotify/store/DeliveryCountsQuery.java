// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Counts what became of everything. A delivery that led to a content is where that is, at the worst of its places; one for
 * which that is gone is nowhere, and shows as a difference.
 */
public final class DeliveryCountsQuery {

    private static final String OUTCOMES = """
            SELECT CASE
                     WHEN d.outcome = 'suppressed' THEN 'suppressed'
                     WHEN d.outcome = 'held' THEN 'in-progress'
                     WHEN d.outcome <> 'noticed' THEN d.outcome
                     WHEN c.state = 'withdrawn' THEN 'suppressed'
                     WHEN c.state = 'unasked' AND c.due_at > :now THEN 'deferred'
                     WHEN c.state = 'unasked' THEN 'in-progress'
                     WHEN c.state = 'gathered' AND e.content_id IS NULL THEN 'deferred'
                     WHEN c.id IS NOT NULL AND e.content_id IS NULL THEN 'suppressed'
                     WHEN e.open > 0 AND c.due_at > :now THEN 'deferred'
                     WHEN e.open > 0 THEN 'in-progress'
                     WHEN e.dead > 0 THEN 'failed'
                     WHEN e.said > 0 THEN 'delivered'
                     WHEN c.id IS NOT NULL THEN 'suppressed'
                     ELSE 'nowhere'
                   END AS ending,
                   CASE
                     WHEN d.reason IS NOT NULL THEN d.reason
                     WHEN c.state = 'withdrawn' THEN 'withdrawn'
                     WHEN c.id IS NOT NULL AND e.content_id IS NULL THEN 'no-channel'
                     WHEN c.id IS NOT NULL THEN 'over-before-said'
                     ELSE ''
                   END AS because,
                   count(*) AS deliveries
            FROM delivery d
              LEFT JOIN content c ON c.id = d.notice_id
              LEFT JOIN (
                SELECT content_id,
                       sum(CASE WHEN state IN ('waiting', 'sending', 'unknown') THEN 1 ELSE 0 END) AS open,
                       sum(CASE WHEN state = 'dead' THEN 1 ELSE 0 END) AS dead,
                       sum(CASE WHEN state IN ('written', 'replaced') THEN 1 ELSE 0 END) AS said
                FROM saying WHERE form IN ('say', 'show') GROUP BY content_id
              ) e ON e.content_id = CASE WHEN c.state = 'gathered' THEN c.gathered_into ELSE c.id END
            GROUP BY ending, because
            """;

    private final Handle handle;

    DeliveryCountsQuery(Handle handle) {
        this.handle = handle;
    }

    /** As things stand at an instant, which decides what is deferred and what is due. */
    public DeliveryCounts at(Instant now) {
        Map<String, Long> endings = new HashMap<>();
        Map<String, Long> suppressed = new HashMap<>();
        handle.createQuery(OUTCOMES)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> {
                    String ending = row.getString("ending");
                    if (ending.equals("suppressed")) {
                        suppressed.merge(row.getString("because"), row.getLong("deliveries"), Long::sum);
                    }
                    return Map.entry(ending, row.getLong("deliveries"));
                })
                .forEach(row -> endings.merge(row.getKey(), row.getValue(), Long::sum));
        long received = handle.createQuery("SELECT count(*) FROM delivery")
                .mapTo(Long.class)
                .one();
        return new DeliveryCounts(
                received,
                endings.getOrDefault("delivered", 0L),
                suppressed,
                endings.getOrDefault("deferred", 0L),
                endings.getOrDefault("failed", 0L),
                endings.getOrDefault("in-progress", 0L));
    }
}
