// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Outcomes of all deliveries in the journal. Nothing may be lost, so the parts add up to {@code received}.
 *
 * @param delivered led to a message that was sent
 * @param suppressed no message, by reason
 * @param deferred led to a message that is sent later
 * @param unsent led to a message that a destination has not accepted yet
 * @param failed not processed or not sent, and not retried
 */
public record DeliveryCounts(
        long received,
        long delivered,
        Map<String, Long> suppressed,
        long deferred,
        long unsent,
        long failed,
        long inProgress) {
    public DeliveryCounts {
        suppressed = Map.copyOf(suppressed);
    }

    /** With deliveries that are accepted and not in the journal yet. */
    public DeliveryCounts plusWaiting(int deliveries) {
        return new DeliveryCounts(
                received + deliveries, delivered, suppressed, deferred, unsent, failed, inProgress + deliveries);
    }

    /** Deliveries in none of the parts, or in two. Anything but zero is a bug. */
    public long unaccounted() {
        long silent = suppressed.values().stream().mapToLong(Long::longValue).sum();
        return received - delivered - silent - deferred - unsent - failed - inProgress;
    }

    /**
     * Counts deliveries by outcome. A delivery that led to a message counts by the worst state of its destinations; if the
     * message is missing, it counts nowhere and shows as unaccounted.
     */
    public static final class Query {
        private static final String OUTCOMES = """
            SELECT CASE
                     WHEN d.outcome = 'suppressed' THEN 'suppressed'
                     WHEN d.outcome = 'held' THEN 'in-progress'
                     WHEN d.outcome <> 'notified' THEN d.outcome
                     WHEN m.state = 'withdrawn' THEN 'suppressed'
                     WHEN m.state = 'pending' AND m.due_at > :now THEN 'deferred'
                     WHEN m.state = 'pending' THEN 'in-progress'
                     WHEN m.state = 'batched' AND e.message_id IS NULL THEN 'deferred'
                     WHEN m.id IS NOT NULL AND e.message_id IS NULL THEN 'suppressed'
                     WHEN e.open > 0 AND m.due_at > :now THEN 'deferred'
                     WHEN e.open > 0 THEN 'unsent'
                     WHEN e.dead > 0 THEN 'failed'
                     WHEN e.sent > 0 THEN 'delivered'
                     WHEN m.id IS NOT NULL THEN 'suppressed'
                     ELSE 'nowhere'
                   END AS ending,
                   CASE
                     WHEN d.reason IS NOT NULL THEN d.reason
                     WHEN m.state = 'withdrawn' THEN 'withdrawn'
                     WHEN m.id IS NOT NULL AND e.message_id IS NULL THEN 'no-channel'
                     WHEN m.id IS NOT NULL THEN 'resolved-before-sent'
                     ELSE ''
                   END AS because,
                   count(*) AS deliveries
            FROM delivery d
              LEFT JOIN message m ON m.id = d.message_id
              LEFT JOIN (
                SELECT message_id,
                       sum(CASE WHEN state IN ('waiting', 'sending', 'unknown') THEN 1 ELSE 0 END) AS open,
                       sum(CASE WHEN state = 'dead' THEN 1 ELSE 0 END) AS dead,
                       sum(CASE WHEN state IN ('sent', 'replaced') THEN 1 ELSE 0 END) AS sent
                FROM outbox WHERE form IN ('send', 'silent') GROUP BY message_id
              ) e ON e.message_id = CASE WHEN m.state = 'batched' THEN m.batched_into ELSE m.id END
            GROUP BY ending, because
            """;

        private final Handle handle;

        Query(Handle handle) {
            this.handle = handle;
        }

        /** @param now separates deferred from due messages */
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
                    endings.getOrDefault("unsent", 0L),
                    endings.getOrDefault("failed", 0L),
                    endings.getOrDefault("in-progress", 0L));
        }
    }
}
