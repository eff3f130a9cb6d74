// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Due rows of a destination and their outcomes. Use only while holding the claim on the destination. */
public final class OutboxTable {
    private static final String SAME_THREAD = " channel = :channel AND destination = :destination AND thread = :thread";

    private static final String NOTIFICATIONS = " kind <> 'text' AND form IN ('send', 'silent', 'mention')";

    private static final String RESOLVED = " kind IN ('resolved', 'folded')";

    /** Whatever its time: another replica may have recorded it a moment ahead. */
    private static final String SENT = " AND state = 'sent'";

    /** Given up, or dropped by an operator, while it may be sent. */
    private static final String GIVEN_UP = "state IN ('dead', 'withdrawn') AND uncertain_since IS NOT NULL";

    private static final String POSSIBLY_SENT =
            " AND (state IN ('sending', 'unknown') OR " + GIVEN_UP + ") AND due_at <= :now";

    /** The newest rows of a thread by what they are; null, read as zero, if there is none. */
    private static final String THREAD = "SELECT "
            + String.join(
                    ", ",
                    newest("sequence", RESOLVED + " AND state <> 'withdrawn' AND first_due_at <= :now", "resolved"),
                    newest("sequence", NOTIFICATIONS + SENT, "sent"),
                    newest("sequence", NOTIFICATIONS + POSSIBLY_SENT, "possibly_sent"),
                    newest("sequence", NOTIFICATIONS + " AND" + RESOLVED + SENT, "resolution"),
                    newest("uncertain_since", NOTIFICATIONS + " AND " + GIVEN_UP, "uncertain_since"))
            + " FROM outbox WHERE" + SAME_THREAD;

    private static final String ROW =
            "SELECT s.sequence, s.message_id, s.form, s.kind, s.state, s.uncertain_since, s.reference FROM outbox AS s";

    private final Handle handle;

    OutboxTable(Handle handle) {
        this.handle = handle;
    }

    /** Threads with a sendable row or a root to verify, longest waiting first; at least one if there is one. */
    public List<String> threads(String channel, String destination, Instant now, int limit) {
        return handle.createQuery("SELECT thread FROM (SELECT thread, sequence FROM ("
                        + DestinationTable.firstSendable("s.thread, s.sequence", ":destination", ":limit")
                        + ") AS sendable UNION ALL SELECT r.thread, r.shown_sequence" + DestinationTable.ROOTS
                        + " AND r.destination = :destination) AS due"
                        + " GROUP BY thread ORDER BY min(sequence) LIMIT :limit")
                .bind("channel", channel)
                .bind("destination", destination)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    public MessageThread get(MessageThread.Key key, Instant now) {
        List<MessageThread.Row> rows = rows(key, now);
        MessageThread.Root root = root(key);
        MessageThread.@Nullable Row toVerify = toVerify(key, now);
        return handle.createQuery(THREAD)
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> {
                    long resolvedUpTo = row.getLong("resolved");
                    MessageThread.Newest newest = new MessageThread.Newest(
                            row.getLong("sent"), row.getLong("possibly_sent"), row.getLong("resolution"));
                    return new MessageThread(
                            key,
                            root,
                            resolvedUpTo,
                            newest.showsOpen(rows, resolvedUpTo),
                            instant(row, "uncertain_since"),
                            rows,
                            toVerify);
                })
                .one();
    }

    private static String newest(String column, String condition, String name) {
        return "max(CASE WHEN" + condition + " THEN " + column + " END) AS " + name;
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** A lookup has settled whether messages that were given up are sent. */
    public void clearUncertainty(MessageThread.Key key) {
        handle.createUpdate("UPDATE outbox SET uncertain_since = NULL WHERE" + SAME_THREAD + " AND " + GIVEN_UP)
                .bindMethods(key)
                .execute();
    }

    public void setRoot(MessageThread.Key key, MessageThread.Root root) {
        handle.createUpdate("INSERT INTO outbox_root"
                        + " (channel, destination, thread, reference, shown_sequence, deletions, uncertain_since, verify_at)"
                        + " VALUES (:channel, :destination, :thread, :reference, :shown, :deletions, :since, :verify) ON"
                        + " CONFLICT (channel, destination, thread) DO UPDATE SET reference = :reference,"
                        + " shown_sequence = :shown, deletions = :deletions, uncertain_since = :since,"
                        + " verify_at = :verify")
                .bindMethods(key)
                .bind("reference", root.reference())
                .bind("shown", root.shownSequence())
                .bind("deletions", root.deletions())
                .bind("since", millis(root.uncertainSince()))
                .bind("verify", millis(root.verifyAt()))
                .execute();
    }

    public MessageThread.Root root(MessageThread.Key key) {
        return handle.createQuery("SELECT reference, shown_sequence, deletions, uncertain_since, verify_at"
                        + " FROM outbox_root WHERE" + SAME_THREAD)
                .bindMethods(key)
                .map((row, context) -> new MessageThread.Root(
                        row.getString("reference"),
                        row.getLong("shown_sequence"),
                        row.getInt("deletions"),
                        instant(row, "uncertain_since"),
                        instant(row, "verify_at")))
                .findOne()
                .orElse(MessageThread.Root.NONE);
    }

    /** Delays reading back a root. */
    public void postponeVerification(MessageThread.Key key, Instant until) {
        handle.createUpdate("UPDATE outbox_root SET verify_at = :until WHERE" + SAME_THREAD)
                .bindMethods(key)
                .bind("until", until.toEpochMilli())
                .execute();
    }

    /**
     * Before a writing request.
     *
     * @param since the row may be visible from now on; null leaves its uncertainty unchanged
     * @return false if the row was withdrawn or is settled
     */
    public boolean startWrite(long sequence, @Nullable Instant since) {
        return handle.createUpdate(OutboxEvent.WRITE_STARTED.update(
                                "uncertain_since = coalesce(:since, uncertain_since)", "sequence = :sequence"))
                        .bind("sequence", sequence)
                        .bind("since", millis(since))
                        .execute()
                == 1;
    }

    /**
     * Changes the state of a row.
     *
     * @param since end of the last attempt that may have sent it; null if there is none
     * @param detail the reference of what was sent, or the problem
     */
    public void apply(long sequence, OutboxEvent event, @Nullable Instant since, @Nullable String detail, Instant now) {
        boolean failed = event == OutboxEvent.GIVEN_UP;
        boolean settled = !OutboxState.UNSETTLED.contains(event.next());
        handle.createUpdate(event.update(
                        "uncertain_since = :since, settled_at = :settled, reference = coalesce(:reference, reference),"
                                + " problem = coalesce(:problem, problem)",
                        "sequence = :sequence"))
                .bind("since", millis(since))
                .bind("settled", settled ? now.toEpochMilli() : null)
                .bind("reference", failed ? null : detail)
                .bind("problem", failed ? detail : null)
                .bind("sequence", sequence)
                .execute();
    }

    /**
     * For a backup: what may be sent before its message is admitted, or is admitted, may be sent after this instant, so it is
     * looked up first. Other messages may be withdrawn, which only those can that were certainly not sent.
     */
    void doubtUnsettled(Instant since) {
        handle.createUpdate(OutboxEvent.OUTCOME_UNKNOWN.update(
                        "uncertain_since = coalesce(uncertain_since, :since)",
                        "(form IN ('announce', 'retract')"
                                + " OR message_id IN (SELECT id FROM message WHERE state = 'admitted'))"))
                .bind("since", millis(since))
                .execute();
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /** Delays the due rows of a thread; a problem counts as a failed attempt. */
    public void delay(MessageThread.Key key, @Nullable String problem, Instant now, Instant until) {
        handle.createUpdate("UPDATE outbox SET attempts = attempts + :failed, problem = coalesce(:problem, problem),"
                        + " due_at = :due WHERE" + SAME_THREAD
                        + " AND state IN ('waiting', 'sending', 'unknown') AND due_at <= :now")
                .bindMethods(key)
                .bind("failed", problem == null ? 0 : 1)
                .bind("problem", problem)
                .bind("now", now.toEpochMilli())
                .bind("due", until.toEpochMilli())
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
        return handle.createQuery(ROW + " JOIN message AS c ON c.id = s.message_id WHERE s.channel = :channel"
                        + " AND s.destination = :destination AND s.thread = :thread AND " + DestinationTable.READY
                        + " ORDER BY s.sequence")
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> row(row))
                .list();
    }

    private MessageThread.@Nullable Row toVerify(MessageThread.Key key, Instant now) {
        return handle.createQuery(ROW + " JOIN outbox_root AS r ON r.shown_sequence = s.sequence"
                        + " WHERE r.channel = :channel AND r.destination = :destination AND r.thread = :thread AND "
                        + DestinationTable.VERIFIABLE)
                .bindMethods(key)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> row(row))
                .findOne()
                .orElse(null);
    }

    private static MessageThread.Row row(ResultSet row) throws SQLException {
        MessageForm form = MessageForm.parse(row.getString("form"));
        String kind = row.getString("kind");
        return new MessageThread.Row(
                row.getLong("sequence"),
                row.getString("message_id"),
                form,
                kind,
                !row.getString("state").equals(OutboxState.WAITING.value()),
                instant(row, "uncertain_since"),
                form == MessageForm.MENTION
                        || (form == MessageForm.SEND && MessageThread.Row.INTERRUPTING.contains(kind)),
                row.getString("reference") != null);
    }
}
