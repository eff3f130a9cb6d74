// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is due at a place, and what becomes of it. Only whoever has taken the place may use it. */
public final class OutboxTable {

    private static final String SAME_THREAD = " channel = :channel AND destination = :destination AND thread = :thread";

    private static final String NOTIFICATIONS = " AND kind <> 'text' AND form IN ('send', 'silent', 'mention')";

    private static final String RESOLVED = " AND kind IN ('resolved', 'folded')";

    private static final String SENT = " AND state = 'sent' AND settled_at <= :now";

    private static final String DEAD_UNCERTAIN = " AND state = 'dead' AND uncertain_since IS NOT NULL";

    private static final String POSSIBLY_SENT = " AND (state IN ('sending', 'unknown')"
            + " OR state = 'dead' AND uncertain_since IS NOT NULL) AND due_at <= :now";

    private final Handle handle;

    OutboxTable(Handle handle) {
        this.handle = handle;
    }

    /** The threads of which something is due at a place, longest waiting first. */
    public List<String> threads(String channel, String place, Instant now, int limit) {
        return handle.createQuery("SELECT s.thread FROM outbox AS s JOIN message AS c ON c.id = s.message_id"
                        + " WHERE s.channel = :channel AND s.destination = :destination AND " + DestinationTable.READY
                        + " GROUP BY s.thread ORDER BY min(s.sequence) LIMIT :limit")
                .bind("channel", channel)
                .bind("destination", place)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Where a thread stands at a place. */
    public MessageThread get(MessageThread.Key key, Instant now) {
        long closed = newest(key, RESOLVED + " AND state <> 'withdrawn' AND due_at <= :now", now);
        long said = Math.max(newest(key, NOTIFICATIONS + SENT, now), newest(key, NOTIFICATIONS + POSSIBLY_SENT, now));
        long farewell = newest(key, NOTIFICATIONS + RESOLVED + SENT, now);
        return new MessageThread(key, root(key), closed, said > farewell, markUncertain(key), rows(key, now));
    }

    private @Nullable Instant markUncertain(MessageThread.Key key) {
        return handle.createQuery("SELECT max(uncertain_since) AS uncertain_since FROM outbox WHERE" + SAME_THREAD
                        + NOTIFICATIONS + DEAD_UNCERTAIN)
                .bindMethods(key)
                .map((row, context) -> Optional.ofNullable(instant(row)))
                .one()
                .orElse(null);
    }

    private static @Nullable Instant instant(ResultSet row) throws SQLException {
        long millis = row.getLong("uncertain_since");
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** Somebody has looked: what was given up either does not stand there, or is known by now. */
    public void clearUncertainty(MessageThread.Key key) {
        handle.createUpdate("UPDATE outbox SET uncertain_since = NULL WHERE" + SAME_THREAD + DEAD_UNCERTAIN)
                .bindMethods(key)
                .execute();
    }

    /** Notes what stands at a place for a thread. */
    public void setRoot(MessageThread.Key key, MessageThread.Root root) {
        handle.createUpdate(
                        "INSERT INTO outbox_root (channel, destination, thread, reference, shown_sequence, deletions)"
                                + " VALUES (:channel, :destination, :thread, :reference, :shownSequence, :deletions) ON"
                                + " CONFLICT (channel, destination, thread) DO UPDATE SET reference = :reference,"
                                + " shown_sequence = :shownSequence, deletions = :deletions")
                .bindMethods(key)
                .bindMethods(root)
                .execute();
    }

    /** What stands at a place for a thread. */
    public MessageThread.Root root(MessageThread.Key key) {
        return handle.createQuery("SELECT reference, shown_sequence, deletions FROM outbox_root WHERE" + SAME_THREAD)
                .bindMethods(key)
                .map((row, context) -> new MessageThread.Root(
                        row.getString("reference"), row.getLong("shown_sequence"), row.getInt("deletions")))
                .findOne()
                .orElse(MessageThread.Root.NONE);
    }

    /**
     * Somebody begins it; false if it was withdrawn just now.
     *
     * @param writing since when it may be there, if whoever begins it dies; null if it is as it was before
     */
    public boolean markSending(long sequence, @Nullable Instant writing) {
        return handle.createUpdate("UPDATE outbox SET state = 'sending',"
                                + " uncertain_since = coalesce(:writing, uncertain_since) WHERE sequence = :sequence"
                                + " AND state IN ('waiting', 'sending', 'unknown')")
                        .bind("sequence", sequence)
                        .bind("writing", millis(writing))
                        .execute()
                == 1;
    }

    /** Somebody is no longer at it: it is not there. */
    public void markWaiting(long sequence) {
        setState(sequence, OutboxState.WAITING, null);
    }

    /**
     * It may be there, or what it changes may.
     *
     * @param since when the last attempt ended that may have written it; null if none may have
     */
    public void markUncertain(long sequence, @Nullable Instant since) {
        setState(sequence, OutboxState.UNKNOWN, since);
    }

    private void setState(long sequence, OutboxState unsettled, @Nullable Instant since) {
        handle.createUpdate("UPDATE outbox SET state = :state, uncertain_since = :since WHERE sequence = :sequence")
                .bind("state", unsettled.value())
                .bind("since", millis(since))
                .bind("sequence", sequence)
                .execute();
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /**
     * It will never be said, though it may be there.
     *
     * @param since when the last attempt ended that may have written it
     */
    public void giveUp(long sequence, Instant since, String problem, Instant now) {
        settle(sequence, OutboxState.DEAD, problem, now);
        handle.createUpdate("UPDATE outbox SET uncertain_since = :since WHERE sequence = :sequence")
                .bind("since", since.toEpochMilli())
                .bind("sequence", sequence)
                .execute();
    }

    /** That is what became of it, for sure. */
    public void settle(long sequence, OutboxState state, @Nullable String referenceOrProblem, Instant now) {
        boolean written = state == OutboxState.SENT;
        handle.createUpdate("UPDATE outbox SET state = :state, settled_at = :now, reference = :reference,"
                        + " uncertain_since = NULL, problem = coalesce(:problem, problem) WHERE sequence = :sequence")
                .bind("state", state.value())
                .bind("now", now.toEpochMilli())
                .bind("reference", written ? referenceOrProblem : null)
                .bind("problem", written ? null : referenceOrProblem)
                .bind("sequence", sequence)
                .execute();
    }

    /** Nothing more is said of a thread at a place before an instant; what is due there counts one attempt more. */
    public void retry(MessageThread.Key key, String problem, Instant now, Instant due) {
        handle.createUpdate("UPDATE outbox SET attempts = attempts + 1, problem = :problem, due_at = :due WHERE"
                        + SAME_THREAD + " AND state IN ('waiting', 'unknown', 'sending') AND due_at <= :now")
                .bindMethods(key)
                .bind("problem", problem)
                .bind("now", now.toEpochMilli())
                .bind("due", due.toEpochMilli())
                .execute();
    }

    /** Nothing more is said of a thread at a place before an instant; nothing has failed. */
    public void postpone(MessageThread.Key key, Instant now, Instant due) {
        handle.createUpdate("UPDATE outbox SET due_at = :due WHERE" + SAME_THREAD
                        + " AND state IN ('waiting', 'unknown', 'sending') AND due_at <= :now")
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .bind("due", due.toEpochMilli())
                .execute();
    }

    /** How often saying it has failed, and since when it has been due. */
    public Attempts attempts(long sequence) {
        return handle.createQuery("SELECT attempts, first_due_at FROM outbox WHERE sequence = :sequence")
                .bind("sequence", sequence)
                .map((row, context) ->
                        new Attempts(row.getInt("attempts"), Instant.ofEpochMilli(row.getLong("first_due_at"))))
                .one();
    }

    /**
     * What has been tried.
     *
     * @param count how often it failed
     * @param firstDueAt when it was first due
     */
    public record Attempts(int count, Instant firstDueAt) {}

    private List<MessageThread.Row> rows(MessageThread.Key key, Instant now) {
        return handle.createQuery(
                        "SELECT s.sequence, s.message_id, s.form, s.kind, s.state, s.uncertain_since FROM outbox AS s"
                            + " JOIN message AS c ON c.id = s.message_id WHERE s.channel = :channel AND s.destination"
                            + " = :destination AND s.thread ="
                            + " :thread"
                            + " AND " + DestinationTable.READY + " ORDER BY s.sequence")
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> {
                    MessageForm form = MessageForm.parse(row.getString("form"));
                    String kind = row.getString("kind");
                    return new MessageThread.Row(
                            row.getLong("sequence"),
                            row.getString("message_id"),
                            form,
                            kind,
                            !row.getString("state").equals(OutboxState.WAITING.value()),
                            instant(row),
                            form == MessageForm.MENTION
                                    || (form == MessageForm.SEND && MessageThread.Row.INTERRUPTING.contains(kind)));
                })
                .list();
    }

    private long newest(MessageThread.Key key, String condition, Instant now) {
        return handle.createQuery("SELECT coalesce(max(sequence), 0) FROM outbox WHERE" + SAME_THREAD + condition)
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }
}
