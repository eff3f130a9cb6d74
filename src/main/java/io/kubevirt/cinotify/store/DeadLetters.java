// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Messages that were given up, per destination. They can be retried until retention deletes them. */
public final class DeadLetters {
    /** Withdrawn messages stay dead. */
    private static final String NOT_WITHDRAWN =
            " EXISTS (SELECT 1 FROM message AS c WHERE c.id = outbox.message_id AND c.state = 'admitted')";

    private final Handle handle;

    DeadLetters(Handle handle) {
        this.handle = handle;
    }

    /**
     * A message that was given up at a destination.
     *
     * @param number the id for retry
     * @param kind of the notification, or {@value MessageThread.Row#TEXT}
     * @param problem the last error
     */
    public record DeadLetter(
            long number,
            String channel,
            String destination,
            String messageId,
            String kind,
            Instant firstDueAt,
            Instant givenUpAt,
            @Nullable String problem) {}

    /** In order of the decisions. */
    public List<DeadLetter> all() {
        return handle.createQuery(
                        "SELECT sequence, channel, destination, message_id, kind, first_due_at, settled_at, problem"
                                + " FROM outbox WHERE state = 'dead' AND" + NOT_WITHDRAWN + " ORDER BY sequence")
                .map((row, context) -> new DeadLetter(
                        row.getLong("sequence"),
                        row.getString("channel"),
                        row.getString("destination"),
                        row.getString("message_id"),
                        row.getString("kind"),
                        Instant.ofEpochMilli(row.getLong("first_due_at")),
                        Instant.ofEpochMilli(row.getLong("settled_at")),
                        row.getString("problem")))
                .list();
    }

    /**
     * Starts over with the attempts. The message may already be sent, so it is looked up first.
     *
     * @return false if there is no dead message of that number
     */
    public boolean retry(long number, Instant now) {
        return handle.createUpdate(
                                "UPDATE outbox SET state = 'unknown', attempts = 0, first_due_at = :now, due_at = :now,"
                                        + " settled_at = NULL WHERE sequence = :number AND state = 'dead' AND"
                                        + NOT_WITHDRAWN)
                        .bind("number", number)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }
}
