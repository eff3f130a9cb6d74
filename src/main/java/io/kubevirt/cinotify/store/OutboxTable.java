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

/** Due rows of a destination and their outcomes. Use only while holding the claim on the destination. */
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

    /** Threads with a sendable row, longest waiting first. */
    public List<String> threads(String channel, String destination, Instant now, int limit) {
        return handle.createQuery("SELECT s.thread FROM outbox AS s JOIN message AS c ON c.id = s.message_id"
                        + " WHERE s.channel = :channel AND s.destination = :destination AND " + DestinationTable.READY
                        + " GROUP BY s.thread ORDER BY min(s.sequence) LIMIT :limit")
                .bind("channel", channel)
                .bind("destination", destination)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    public MessageThread get(MessageThread.Key key, Instant now) {
        long resolvedUpTo = newest(key, RESOLVED + " AND state <> 'withdrawn' AND due_at <= :now", now);
        long lastShown =
                Math.max(newest(key, NOTIFICATIONS + SENT, now), newest(key, NOTIFICATIONS + POSSIBLY_SENT, now));
        long lastResolved = newest(key, NOTIFICATIONS + RESOLVED + SENT, now);
        return new MessageThread(
                key, root(key), resolvedUpTo, lastShown > lastResolved, uncertainSince(key), rows(key, now));
    }

    private @Nullable Instant uncertainSince(MessageThread.Key key) {
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

    /** A lookup has settled whether messages that were given up are sent. */
    public void clearUncertainty(MessageThread.Key key) {
        handle.createUpdate("UPDATE outbox SET uncertain_since = NULL WHERE" + SAME_THREAD + DEAD_UNCERTAIN)
                .bindMethods(key)
                .execute();
    }

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

    public MessageThread.Root root(MessageThread.Key key) {
        return handle.createQuery("SELECT reference, shown_sequence, deletions FROM outbox_root WHERE" + SAME_THREAD)
                .bindMethods(key)
                .map((row, context) -> new MessageThread.Root(
                        row.getString("reference"), row.getLong("shown_sequence"), row.getInt("deletions")))
                .findOne()
                .orElse(MessageThread.Root.NONE);
    }

    /**
     * Marks the start of an attempt; false if the row was just withdrawn.
     *
     * @param possiblySentFrom {@code uncertainSince} after a crash during the attempt; null leaves it unchanged
     */
    public boolean markSending(long sequence, @Nullable Instant possiblySentFrom) {
        return handle.createUpdate("UPDATE outbox SET state = 'sending', uncertain_since = coalesce(:possiblySentFrom,"
                                + " uncertain_since) WHERE sequence = :sequence AND state IN ('waiting',"
                                + " 'sending', 'unknown')")
                        .bind("sequence", sequence)
                        .bind("possiblySentFrom", millis(possiblySentFrom))
                        .execute()
                == 1;
    }

    /** The attempt has ended without sending. */
    public void markWaiting(long sequence) {
        setState(sequence, OutboxState.WAITING, null);
    }

    /** @param since end of the last attempt that may have sent it; null if only the root is uncertain */
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

    /** Gives up on a row that may be sent. */
    public void giveUp(long sequence, Instant since, String problem, Instant now) {
        settle(sequence, OutboxState.DEAD, problem, now);
        handle.createUpdate("UPDATE outbox SET uncertain_since = :since WHERE sequence = :sequence")
                .bind("since", since.toEpochMilli())
                .bind("sequence", sequence)
                .execute();
    }

    public void settle(long sequence, OutboxState state, @Nullable String referenceOrProblem, Instant now) {
        boolean sent = state == OutboxState.SENT;
        handle.createUpdate("UPDATE outbox SET state = :state, settled_at = :now, reference = :reference,"
                        + " uncertain_since = NULL, problem = coalesce(:problem, problem) WHERE sequence = :sequence")
                .bind("state", state.value())
                .bind("now", now.toEpochMilli())
                .bind("reference", sent ? referenceOrProblem : null)
                .bind("problem", sent ? null : referenceOrProblem)
                .bind("sequence", sequence)
                .execute();
    }

    /** Counts a failed attempt for the due rows of a thread and delays them. */
    public void retry(MessageThread.Key key, String problem, Instant now, Instant due) {
        handle.createUpdate("UPDATE outbox SET attempts = attempts + 1, problem = :problem, due_at = :due WHERE"
                        + SAME_THREAD + " AND state IN ('waiting', 'unknown', 'sending') AND due_at <= :now")
                .bindMethods(key)
                .bind("problem", problem)
                .bind("now", now.toEpochMilli())
                .bind("due", due.toEpochMilli())
                .execute();
    }

    /** Delays the due rows of a thread without counting an attempt. */
    public void postpone(MessageThread.Key key, Instant now, Instant due) {
        handle.createUpdate("UPDATE outbox SET due_at = :due WHERE" + SAME_THREAD
                        + " AND state IN ('waiting', 'unknown', 'sending') AND due_at <= :now")
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .bind("due", due.toEpochMilli())
                .execute();
    }

    public Attempts attempts(long sequence) {
        return handle.createQuery("SELECT attempts, first_due_at FROM outbox WHERE sequence = :sequence")
                .bind("sequence", sequence)
                .map((row, context) ->
                        new Attempts(row.getInt("attempts"), Instant.ofEpochMilli(row.getLong("first_due_at"))))
                .one();
    }

    /** @param count failed attempts */
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
