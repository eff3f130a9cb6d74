// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The outbox for operators: a message at a destination, in any state. */
public final class OutboxEntries {
    /** Withdrawn messages stay dead. */
    private static final String NOT_WITHDRAWN =
            " EXISTS (SELECT 1 FROM message AS c WHERE c.id = outbox.message_id AND c.state = 'admitted')";

    private final Handle handle;

    OutboxEntries(Handle handle) {
        this.handle = handle;
    }

    /**
     * A message at a destination.
     *
     * @param number the id for retry
     * @param state as {@link OutboxState#value}
     * @param kind of the notification, or {@value MessageThread.Row#TEXT}
     * @param settledAt when it was given up or sent; null if neither
     * @param uncertainSince when it may have been sent; null if it was not
     * @param reference id at the destination; null if unknown
     * @param problem the last error
     */
    public record OutboxEntry(
            long number,
            String state,
            String channel,
            String destination,
            String messageId,
            String kind,
            long attempts,
            Instant firstDueAt,
            Instant dueAt,
            @Nullable Instant settledAt,
            @Nullable Instant uncertainSince,
            @Nullable String reference,
            @Nullable String problem) {}

    /** Given up, in order of the decisions. */
    public List<OutboxEntry> dead() {
        return select("sequence > :number AND state = 'dead' AND" + NOT_WITHDRAWN, 0);
    }

    /** With an unknown outcome, in order of the decisions. */
    public List<OutboxEntry> unknown() {
        return select(
                "sequence > :number AND state IN ('waiting', 'sending', 'unknown') AND state = 'unknown' AND"
                        + NOT_WITHDRAWN,
                0);
    }

    /** A message in any state. */
    public Optional<OutboxEntry> find(long number) {
        return select("sequence = :number", number).stream().findFirst();
    }

    private List<OutboxEntry> select(String condition, long number) {
        return handle.createQuery(
                        "SELECT sequence, state, channel, destination, message_id, kind, attempts, first_due_at,"
                                + " due_at, settled_at, uncertain_since, reference, problem FROM outbox WHERE "
                                + condition
                                + " ORDER BY sequence")
                .bind("number", number)
                .map((row, context) -> new OutboxEntry(
                        row.getLong("sequence"),
                        row.getString("state"),
                        row.getString("channel"),
                        row.getString("destination"),
                        row.getString("message_id"),
                        row.getString("kind"),
                        row.getLong("attempts"),
                        Instant.ofEpochMilli(row.getLong("first_due_at")),
                        Instant.ofEpochMilli(row.getLong("due_at")),
                        OutboxTable.instant(row, "settled_at"),
                        OutboxTable.instant(row, "uncertain_since"),
                        row.getString("reference"),
                        row.getString("problem")))
                .list();
    }

    /**
     * Starts over with the attempts. The message may already be sent, so it is looked up first.
     *
     * @return false if no message of that number is dead or has an unknown outcome
     */
    public boolean retry(long number, Instant now) {
        return handle.createUpdate(OutboxEvent.RETRY.update(
                                "attempts = 0, first_due_at = :now, due_at = :now, settled_at = NULL",
                                "sequence = :number AND" + NOT_WITHDRAWN))
                        .bind("number", number)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /**
     * Never sends it; what may be visible of it stays, and is looked up before the next message of its thread. False if it is
     * sent, being sent, or settled otherwise.
     */
    public boolean drop(long number, Instant now) {
        boolean dropped = handle.createUpdate(OutboxEvent.DROP.update("settled_at = :now", "sequence = :number"))
                        .bind("number", number)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
        if (dropped) {
            // An edit may still be carried out; the next one is verified.
            handle.createUpdate("UPDATE outbox_root SET verify_at = NULL WHERE shown_sequence < :number"
                            + " AND (channel, destination, thread) ="
                            + " (SELECT channel, destination, thread FROM outbox WHERE sequence = :number)")
                    .bind("number", number)
                    .execute();
        }
        return dropped;
    }
}
