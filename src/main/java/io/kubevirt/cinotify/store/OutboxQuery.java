// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Outbox statistics for health and metrics. */
public final class OutboxQuery {
    private final Handle handle;

    OutboxQuery(Handle handle) {
        this.handle = handle;
    }

    public record Count(String channel, String state, long messages) {}

    /**
     * Dead or overdue messages of a destination.
     *
     * @param firstDueAt due time of the oldest
     * @param problem error of the newest failed one; null if none failed yet
     */
    public record DestinationProblem(
            String channel,
            String destination,
            long messages,
            Instant firstDueAt,
            @Nullable String problem) {}

    public List<Count> counts() {
        return handle.createQuery("SELECT channel, state, count(*) AS messages FROM outbox GROUP BY channel, state")
                .map((row, context) ->
                        new Count(row.getString("channel"), row.getString("state"), row.getLong("messages")))
                .list();
    }

    /** Since when the oldest outcome of a channel is unknown: of a message, or of an edit. */
    public Map<String, Instant> unknownSince() {
        return handle
                .createQuery("SELECT channel, min(since) AS since FROM"
                        + " (SELECT channel, uncertain_since AS since FROM outbox WHERE"
                        + " state IN ('waiting', 'sending', 'unknown') AND state = 'unknown'"
                        + " AND uncertain_since IS NOT NULL UNION ALL SELECT channel, uncertain_since FROM outbox_root"
                        + " WHERE verify_at IS NOT NULL AND uncertain_since IS NOT NULL) AS doubts GROUP BY channel")
                .map((row, context) -> Map.entry(row.getString("channel"), Instant.ofEpochMilli(row.getLong("since"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Given up after an instant, by destination. */
    public List<DestinationProblem> deadSince(Instant since) {
        return problems("state = 'dead' AND settled_at > :instant", since);
    }

    /** Due before an instant and not sent, by destination. */
    public List<DestinationProblem> dueBefore(Instant instant) {
        return problems(
                "state IN ('waiting', 'sending', 'unknown') AND first_due_at < :instant"
                        + " AND EXISTS (SELECT 1 FROM message AS c WHERE c.id = message_id AND c.state = 'admitted')",
                instant);
    }

    private List<DestinationProblem> problems(String condition, Instant instant) {
        return handle.createQuery("SELECT t.channel, t.destination, t.messages, t.first_due_at, last.problem FROM"
                        + " (SELECT channel, destination, count(*) AS messages, min(first_due_at) AS first_due_at,"
                        + " max(CASE WHEN problem IS NULL THEN 0 ELSE sequence END) AS newest"
                        + " FROM outbox WHERE " + condition + " GROUP BY channel, destination) AS t"
                        + " LEFT JOIN outbox AS last ON last.sequence = t.newest ORDER BY t.first_due_at")
                .bind("instant", instant.toEpochMilli())
                .map((row, context) -> new DestinationProblem(
                        row.getString("channel"),
                        row.getString("destination"),
                        row.getLong("messages"),
                        Instant.ofEpochMilli(row.getLong("first_due_at")),
                        row.getString("problem")))
                .list();
    }
}
