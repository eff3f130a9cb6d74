// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The digests that were sent: letters that nobody continues. */
public final class DigestLog {

    private static final String FORGETTABLE =
            "SELECT id FROM message WHERE kind = '" + MessageThread.Row.TEXT + "' AND id"
                    + " LIKE"
                    + " 'digest-%'"
                    + " AND decided_at"
                    + " < :instant"
                    + " AND NOT"
                    + " EXISTS"
                    + " (SELECT 1"
                    + " FROM outbox"
                    + " WHERE"
                    + " message_id"
                    + " = message.id"
                    + " AND state"
                    + " IN ('waiting',"
                    + " 'sending',"
                    + " 'unknown'))"
                    + " ORDER BY"
                    + " sequence"
                    + " LIMIT"
                    + " :limit";

    private final Handle handle;

    DigestLog(Handle handle) {
        this.handle = handle;
    }

    /**
     * Forgets those that were decided before an instant and have nothing left to be said, a part at a time; how many were
     * forgotten. The instant must be so early that no occasion is due any more.
     */
    public int forgetBefore(Instant instant, int limit) {
        List<String> old = handle.createQuery(FORGETTABLE)
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
        for (String id : old) {
            handle.execute("DELETE FROM outbox_root WHERE thread = ?", id);
            handle.execute("DELETE FROM outbox WHERE message_id = ?", id);
            handle.execute("DELETE FROM message WHERE id = ?", id);
        }
        return old.size();
    }
}
