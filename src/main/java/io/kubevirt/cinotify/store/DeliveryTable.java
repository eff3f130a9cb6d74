// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The journal of deliveries and of what was decided about each. */
public final class DeliveryTable {

    private final Handle handle;

    DeliveryTable(Handle handle) {
        this.handle = handle;
    }

    /** Takes in a delivery; false if its id is already there. */
    public boolean insert(JournalEntry delivery) {
        return insertAll(List.of(delivery)).getFirst();
    }

    /** Takes in several, in their order; of each, whether its id was not there yet. */
    public List<Boolean> insertAll(List<JournalEntry> deliveries) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO delivery (id, event, received_at, body)"
                + " VALUES (:id, :event, :received, :body) ON CONFLICT (id) DO NOTHING");
        for (JournalEntry delivery : deliveries) {
            batch.bind("id", delivery.id())
                    .bind("event", delivery.event())
                    .bind("received", delivery.receivedAt().toEpochMilli())
                    .bind("body", delivery.body())
                    .add();
        }
        return deliveries.isEmpty()
                ? List.of()
                : Arrays.stream(batch.execute()).mapToObj(rows -> rows == 1).toList();
    }

    /** Which of them are there, by their GUIDs. */
    List<String> known(List<JournalEntry> deliveries) {
        return deliveries.isEmpty()
                ? List.of()
                : handle.createQuery("SELECT id FROM delivery WHERE id IN (<ids>)")
                        .bindList(
                                "ids", deliveries.stream().map(JournalEntry::id).toList())
                        .mapTo(String.class)
                        .list();
    }

    /** How many wait to be understood; counted no further than a limit. */
    public int countInProgress(int limit) {
        return handle.createQuery("SELECT count(*) FROM"
                        + " (SELECT 1 FROM delivery WHERE outcome = 'in-progress' LIMIT :limit) AS waiting")
                .bind("limit", limit)
                .mapTo(Integer.class)
                .one();
    }

    /** The GUIDs of the oldest deliveries that wait, in the order of their coming; without their bodies of up to 25 MB. */
    public List<String> inProgress(int limit) {
        return handle.createQuery(
                        "SELECT id FROM delivery WHERE outcome = 'in-progress' ORDER BY sequence LIMIT :limit")
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** The same for those of some events only. */
    public List<String> inProgress(Collection<String> events, int limit) {
        return handle.createQuery("SELECT id FROM delivery WHERE outcome = 'in-progress' AND event IN (<events>)"
                        + " ORDER BY sequence LIMIT :limit")
                .bindList("events", List.copyOf(events))
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** The same for what was received before an instant, of all events but some, which are answered elsewhere. */
    public List<String> inProgressExcept(Collection<String> events, Instant before, int limit) {
        return handle.createQuery("SELECT id FROM delivery WHERE outcome = 'in-progress' AND event NOT IN (<events>)"
                        + " AND received_at < :before ORDER BY sequence LIMIT :limit")
                .bindList("events", List.copyOf(events))
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** A delivery that is there. */
    public JournalEntry get(String id) {
        return handle.createQuery("SELECT id, event, received_at, body, attempts FROM delivery WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> delivery(row))
                .one();
    }

    static JournalEntry delivery(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getString("id"),
                row.getString("event"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getBytes("body"),
                row.getInt("attempts"));
    }

    /** It led to a notice. */
    public void notified(String id, String noticeId, List<String> trace, Instant now) {
        decide(id, new Outcome("notified", null, noticeId), trace, now);
    }

    /** Nothing is said, for a reason by whose name it is counted. */
    public void suppressed(String id, String reason, List<String> trace, Instant now) {
        decide(id, new Outcome("suppressed", reason, null), trace, now);
    }

    /** The run that it told of waits for something larger: it is decided later, by {@link #released}. */
    public void held(String id, String run, List<String> trace) {
        int held = handle.createUpdate("UPDATE delivery SET outcome = 'held', run = :run, trace = :trace"
                        + " WHERE id = :id AND outcome = 'in-progress'")
                .bind("id", id)
                .bind("run", run)
                .bind("trace", JsonColumns.write(trace))
                .execute();
        if (held != 1) {
            throw new IllegalStateException("delivery " + id + " has been decided already, or is not there");
        }
    }

    /** Takes up again the delivery that told of a run and was held; its id, if there is one. */
    public Optional<String> released(String run) {
        return handle.createQuery("UPDATE delivery SET outcome = 'in-progress', run = NULL"
                        + " WHERE run = :run AND outcome = 'held' RETURNING id")
                .bind("run", run)
                .mapTo(String.class)
                .findFirst();
    }

    /** A message will not be said after all: nothing is said of what led to it. */
    public void withdrawn(String noticeId, String reason) {
        handle.createUpdate("UPDATE delivery SET outcome = 'suppressed', reason = :reason, message_id = NULL"
                        + " WHERE message_id = :message AND outcome = 'notified'")
                .bind("message", noticeId)
                .bind("reason", reason)
                .execute();
    }

    /** The program failed on it, and it will not be tried again. */
    public void failed(String id, String reason, List<String> trace, Instant now) {
        decide(id, new Outcome("failed", reason, null), trace, now);
    }

    /** Understanding it went wrong once more; returns how often it did by now. */
    public int attempted(String id) {
        return handle.createQuery("UPDATE delivery SET attempts = attempts + 1 WHERE id = :id RETURNING attempts")
                .bind("id", id)
                .mapTo(Integer.class)
                .one();
    }

    /** Forgets what was decided before an instant, a part at a time so that nobody waits long; how many were forgotten. */
    public int forgetDecidedBefore(Instant instant, int limit) {
        return handle.createUpdate("DELETE FROM delivery WHERE sequence IN"
                        + " (SELECT sequence FROM delivery WHERE decided_at < :instant LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    /** How many deliveries ended in each outcome. */
    public Map<String, Long> outcomes() {
        return handle
                .createQuery("SELECT outcome, count(*) AS deliveries FROM delivery GROUP BY outcome")
                .map((row, context) -> Map.entry(row.getString("outcome"), row.getLong("deliveries")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private record Outcome(
            String outcome,
            @Nullable String reason,
            @Nullable String messageId) {}

    private void decide(String id, Outcome verdict, List<String> trace, Instant now) {
        int decided = handle.createUpdate("UPDATE delivery SET outcome = :outcome, reason = :reason,"
                        + " message_id = :message, decided_at = :now, trace = :trace"
                        + " WHERE id = :id AND outcome = 'in-progress'")
                .bind("id", id)
                .bind("outcome", verdict.outcome())
                .bind("reason", verdict.reason())
                .bind("message", verdict.messageId())
                .bind("now", now.toEpochMilli())
                .bind("trace", JsonColumns.write(trace))
                .execute();
        if (decided != 1) {
            throw new IllegalStateException("delivery " + id + " has been decided already, or is not there");
        }
    }
}
