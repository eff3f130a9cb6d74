// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How the outbox is doing. */
public final class OutboxQuery {

    private final Handle handle;

    OutboxQuery(Handle handle) {
        this.handle = handle;
    }

    /** How many sayings of a channel are in a state. */
    public record Count(String channel, String state, long messages) {}

    /**
     * Sayings of a place that are given up or late.
     *
     * @param firstDueAt when the oldest of them was due
     * @param problem what went wrong with the newest that went wrong; null if nothing has yet
     */
    public record DestinationProblem(
            String channel,
            String destination,
            long messages,
            Instant firstDueAt,
            @Nullable String problem) {}

    /** All of them. */
    public List<Count> counts() {
        return handle.createQuery("SELECT channel, state, count(*) AS sayings FROM saying GROUP BY channel, state")
                .map((row, context) ->
                        new Count(row.getString("channel"), row.getString("state"), row.getLong("sayings")))
                .list();
    }

    /** What was given up after an instant, by place. */
    public List<DestinationProblem> deadSince(Instant since) {
        return problems("state = 'dead' AND settled_at > :instant", since);
    }

    /** What has been due since before an instant and is not said, by place. */
    public List<DestinationProblem> dueBefore(Instant instant) {
        return problems(
                "state IN ('waiting', 'sending', 'unknown') AND since < :instant"
                        + " AND EXISTS (SELECT 1 FROM content AS c WHERE c.id = content_id AND c.state = 'admitted')",
                instant);
    }

    private List<DestinationProblem> problems(String condition, Instant instant) {
        return handle.createQuery("SELECT t.channel, t.place, t.sayings, t.since, last.problem FROM"
                        + " (SELECT channel, place, count(*) AS sayings, min(since) AS since,"
                        + " max(CASE WHEN problem IS NULL THEN 0 ELSE sequence END) AS newest"
                        + " FROM saying WHERE " + condition + " GROUP BY channel, place) AS t"
                        + " LEFT JOIN saying AS last ON last.sequence = t.newest ORDER BY t.since")
                .bind("instant", instant.toEpochMilli())
                .map((row, context) -> new DestinationProblem(
                        row.getString("channel"),
                        row.getString("place"),
                        row.getLong("sayings"),
                        Instant.ofEpochMilli(row.getLong("since")),
                        row.getString("problem")))
                .list();
    }
}
