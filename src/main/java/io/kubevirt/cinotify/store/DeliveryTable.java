// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.command.CommandContext.RunDecision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The journal: deliveries and the outcome of each. Also the table of the inbox file, which has fewer columns. */
public final class DeliveryTable {
    /** PostgreSQL's driver holds the bodies of one query in memory. */
    private static final int READ_TOGETHER = 50;

    private final Handle database;
    private final EnteredDeliveries entered;
    private final DayCounts counts;
    private final @Nullable Instant ended;

    DeliveryTable(Handle database, EnteredDeliveries entered, DayCounts counts) {
        this(database, entered, counts, null);
    }

    private DeliveryTable(Handle database, EnteredDeliveries entered, DayCounts counts, @Nullable Instant ended) {
        this.database = database;
        this.entered = entered;
        this.counts = counts;
        this.ended = ended;
    }

    /** With all rows: those that this transaction has entered are written first. */
    private Handle handle() {
        entered.flush();
        return database;
    }

    /** For a delivery whose run ended at an instant: it counts on that day. Null if it is not known. */
    public DeliveryTable ofRunEnded(@Nullable Instant at) {
        return new DeliveryTable(database, entered, counts, at);
    }

    /** False if the id exists already. */
    public boolean insert(JournalEntry delivery) {
        return insertAll(List.of(delivery)).getFirst();
    }

    /** Inserts in order; for each, false if the id exists already. */
    public List<Boolean> insertAll(List<JournalEntry> deliveries) {
        PreparedBatch batch = handle().prepareBatch("INSERT INTO delivery (id, event, received_at, body)"
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

    /**
     * Inserts in order what is decided in this transaction as well: each row is written once, with its outcome. For each, false if
     * the id exists already.
     */
    public List<Boolean> enterAll(List<JournalEntry> deliveries) {
        Set<String> known = new HashSet<>(known(deliveries));
        return deliveries.stream()
                .map(delivery -> !known.contains(delivery.id()) && entered.add(delivery))
                .toList();
    }

    /** The ids that exist already. */
    List<String> known(List<JournalEntry> deliveries) {
        return deliveries.isEmpty()
                ? List.of()
                : database.createQuery("SELECT id FROM delivery WHERE id IN (<ids>)")
                        .bindList(
                                "ids", deliveries.stream().map(JournalEntry::id).toList())
                        .mapTo(String.class)
                        .list();
    }

    /** Undecided deliveries, counted up to a limit. The database knows the length of a body without reading it. */
    public Inbox.Backlog waiting(int limit) {
        return handle().createQuery("SELECT count(*) AS deliveries, coalesce(sum(bytes), 0) AS bytes FROM"
                        + " (SELECT length(body) AS bytes FROM delivery WHERE outcome = 'in-progress' LIMIT :limit)"
                        + " AS waiting")
                .bind("limit", limit)
                .map((row, context) -> new Inbox.Backlog(row.getInt("deliveries"), row.getLong("bytes")))
                .one();
    }

    /** Ids of the oldest undecided deliveries; without the bodies, which have up to 25 MB. */
    public List<String> inProgress(int limit) {
        return handle().createQuery(
                        "SELECT id FROM delivery WHERE outcome = 'in-progress' ORDER BY sequence LIMIT :limit")
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Only those of the given events. */
    public List<String> inProgress(Collection<String> events, int limit) {
        return handle().createQuery("SELECT id FROM delivery WHERE outcome = 'in-progress' AND event IN (<events>)"
                        + " ORDER BY sequence LIMIT :limit")
                .bindList("events", List.copyOf(events))
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Only those received before an instant, of all events except the given ones. */
    public List<String> inProgressExcept(Collection<String> events, Instant before, int limit) {
        return handle().createQuery("SELECT id FROM delivery WHERE outcome = 'in-progress' AND event NOT IN (<events>)"
                        + " AND received_at < :before ORDER BY sequence LIMIT :limit")
                .bindList("events", List.copyOf(events))
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    public JournalEntry get(String id) {
        return handle().createQuery("SELECT id, event, received_at, body, attempts FROM delivery WHERE id = :id")
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

    public void notified(String id, String messageId, List<String> trace, Instant now) {
        decide(id, new Outcome("notified", null, messageId), trace, now);
    }

    /** Keeps the run of a delivery, for {@link #decisionOn}. */
    public void setRun(String id, String run) {
        entered.find(id).ifPresentOrElse(row -> row.setRun(run), () -> database.createUpdate(
                        "UPDATE delivery SET run = :run WHERE id = :id")
                .bind("id", id)
                .bind("run", run)
                .execute());
    }

    /**
     * The decision on a run: a repeated delivery of it does not count, nor one that Prow may not have sent. Empty if no
     * delivery of it is known.
     */
    public Optional<RunDecision> decisionOn(String run) {
        return handle().createQuery("SELECT outcome, reason, trace FROM delivery WHERE run = :run ORDER BY CASE WHEN"
                        + " reason IN ('untrusted-sender', 'unconfirmed') THEN 1 ELSE 0 END, sequence LIMIT 1")
                .bind("run", run)
                .map((row, context) -> new RunDecision(
                        row.getString("outcome"),
                        row.getString("reason"),
                        row.getString("trace") == null ? List.of() : JsonColumns.readLines(row.getString("trace"))))
                .findOne();
    }

    /** No notification; the reason is a label of the metrics. */
    public void suppressed(String id, String reason, List<String> trace, Instant now) {
        decide(id, new Outcome("suppressed", reason, null), trace, now);
    }

    /** The decision on the run waits, for example for an outage; {@link #released} continues it. */
    public void held(String id, String run, List<String> trace) {
        Optional<EnteredDeliveries.Row> row = entered.find(id).filter(EnteredDeliveries.Row::isInProgress);
        if (row.isPresent()) {
            row.get().hold(run, trace, day());
            return;
        }
        int held = database.createUpdate("UPDATE delivery SET outcome = 'held', run = :run, trace = :trace, day = :day"
                        + " WHERE id = :id AND outcome = 'in-progress'")
                .bind("id", id)
                .bind("run", run)
                .bind("trace", JsonColumns.write(trace))
                .bind("day", day())
                .execute();
        if (held != 1) {
            throw new IllegalStateException("delivery " + id + " is decided already or does not exist");
        }
    }

    /** Continues the held delivery of a run; returns its id. */
    public Optional<String> released(String run) {
        return entered.release(run)
                .or(() -> database.createQuery("UPDATE delivery SET outcome = 'in-progress', run = NULL"
                                + " WHERE run = :run AND outcome = 'held' RETURNING id")
                        .bind("run", run)
                        .mapTo(String.class)
                        .findFirst());
    }

    /** The message was withdrawn, so its deliveries count as suppressed. */
    public void withdrawn(String messageId, String reason) {
        handle().createQuery("UPDATE delivery SET outcome = 'suppressed', reason = :reason, message_id = NULL"
                        + " WHERE message_id = :message AND outcome = 'notified' RETURNING day")
                .bind("message", messageId)
                .bind("reason", reason)
                .mapTo(Long.class)
                .forEach(day -> {
                    counts.addDeliveries("notified", null, day, -1);
                    counts.addDeliveries("suppressed", reason, day, 1);
                });
    }

    /** Processing failed and is not retried. */
    public void failed(String id, String reason, List<String> trace, Instant now) {
        decide(id, new Outcome("failed", reason, null), trace, now);
    }

    /** Counts a failed attempt; returns the number of attempts. */
    public int attempted(String id) {
        return handle().createQuery("UPDATE delivery SET attempts = attempts + 1 WHERE id = :id RETURNING attempts")
                .bind("id", id)
                .mapTo(Integer.class)
                .one();
    }

    /** Deletes up to {@code limit} deliveries that were decided before an instant. */
    public int forgetDecidedBefore(Instant instant, int limit) {
        return handle().createUpdate("DELETE FROM delivery WHERE sequence IN"
                        + " (SELECT sequence FROM delivery WHERE decided_at < :instant LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    /** Number of deliveries by outcome. */
    public Map<String, Long> outcomes() {
        return handle()
                .createQuery("SELECT outcome, count(*) AS deliveries FROM delivery GROUP BY outcome")
                .map((row, context) -> Map.entry(row.getString("outcome"), row.getLong("deliveries")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Creates this table in the inbox file, with the columns that the inbox needs. */
    boolean createInbox() {
        handle().execute("CREATE TABLE IF NOT EXISTS delivery (sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
                + " id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, received_at BIGINT NOT NULL, body BLOB NOT NULL,"
                + " outcome TEXT NOT NULL DEFAULT 'in-progress', attempts BIGINT NOT NULL DEFAULT 0)");
        return true;
    }

    /** The oldest deliveries of some events within both limits; at least one. */
    List<JournalEntry> oldest(Collection<String> events, int limit, long maxBytes) {
        List<JournalEntry> oldest = new ArrayList<>();
        long bytes = 0;
        try (ResultIterator<JournalEntry> rows = handle().createQuery("SELECT id, event, received_at, body, attempts"
                        + " FROM delivery WHERE event IN (<events>) ORDER BY sequence LIMIT :limit")
                .bindList("events", List.copyOf(events))
                .bind("limit", limit)
                .map((row, context) -> delivery(row))
                .iterator()) {
            while (bytes < maxBytes && rows.hasNext()) {
                JournalEntry next = rows.next();
                oldest.add(next);
                bytes += next.body().length;
            }
        }
        return oldest;
    }

    /** Reads those of the deliveries that are undecided, oldest first; returns how many. */
    public int forEach(List<String> ids, Consumer<JournalEntry> action) {
        int count = 0;
        for (int from = 0; from < ids.size(); from += READ_TOGETHER) {
            try (ResultIterator<JournalEntry> rows = handle().createQuery(
                            "SELECT id, event, received_at, body, attempts"
                                    + " FROM delivery WHERE id IN (<ids>) AND outcome = 'in-progress' ORDER BY sequence")
                    .bindList("ids", ids.subList(from, Math.min(from + READ_TOGETHER, ids.size())))
                    .map((row, context) -> delivery(row))
                    .iterator()) {
                while (rows.hasNext()) {
                    action.accept(rows.next());
                    count++;
                }
            }
        }
        return count;
    }

    /** Those that are in progress. */
    public List<String> stillInProgress(List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : handle().createQuery("SELECT id FROM delivery WHERE id IN (<ids>) AND outcome = 'in-progress'")
                        .bindList("ids", ids)
                        .mapTo(String.class)
                        .list();
    }

    /** Those that are in progress or held. */
    public List<String> undecided(List<String> ids) {
        List<String> undecided = new ArrayList<>(entered.undecided(ids));
        List<String> written =
                ids.stream().filter(id -> entered.find(id).isEmpty()).toList();
        if (!written.isEmpty()) {
            undecided.addAll(database.createQuery(
                            "SELECT id FROM delivery WHERE id IN (<ids>) AND outcome IN ('in-progress', 'held')")
                    .bindList("ids", written)
                    .mapTo(String.class)
                    .list());
        }
        return List.copyOf(undecided);
    }

    public void setBody(JournalEntry delivery) {
        entered.find(delivery.id()).ifPresentOrElse(row -> row.setBody(delivery.body()), () -> database.createUpdate(
                        "UPDATE delivery SET body = :body WHERE id = :id")
                .bind("id", delivery.id())
                .bind("body", delivery.body())
                .execute());
    }

    boolean remove(List<String> ids) {
        PreparedBatch batch = handle().prepareBatch("DELETE FROM delivery WHERE id = :id");
        ids.forEach(id -> batch.bind("id", id).add());
        batch.execute();
        return true;
    }

    /** Test write of the given size. */
    boolean probe(int bytes) {
        JournalEntry test = new JournalEntry("", "", Instant.EPOCH, new byte[bytes], 0);
        insert(test);
        return remove(List.of(test.id()));
    }

    record Outcome(
            String outcome,
            @Nullable String reason,
            @Nullable String messageId) {}

    private void decide(String id, Outcome result, List<String> trace, Instant now) {
        long day = entered.find(id)
                .filter(EnteredDeliveries.Row::isInProgress)
                .map(row -> row.decide(result, trace, day(), now))
                .orElseGet(() -> decideRow(id, result, trace, now));
        counts.addDeliveries(result.outcome(), result.reason(), day, 1);
    }

    private long decideRow(String id, Outcome result, List<String> trace, Instant now) {
        return database.createQuery("UPDATE delivery SET outcome = :outcome, reason = :reason,"
                        + " message_id = :message, decided_at = :now, trace = :trace,"
                        + " day = coalesce(:day, day, received_at / " + DayCounts.DAY + ")"
                        + " WHERE id = :id AND outcome = 'in-progress' RETURNING day")
                .bind("id", id)
                .bind("outcome", result.outcome())
                .bind("reason", result.reason())
                .bind("message", result.messageId())
                .bind("now", now.toEpochMilli())
                .bind("trace", JsonColumns.write(trace))
                .bind("day", day())
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(
                        () -> new IllegalStateException("delivery " + id + " is decided already or does not exist"));
    }

    private @Nullable Long day() {
        return ended == null ? null : DayCounts.day(ended);
    }
}
