// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Deliveries on their way to the journal: a table of the same name in another file, with what is needed until then. */
final class InboxTable {

    private final Handle handle;

    InboxTable(Handle handle) {
        this.handle = handle;
    }

    /** Makes it if it is not there. */
    boolean create() {
        handle.execute("CREATE TABLE IF NOT EXISTS delivery (sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
                + " id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, received_at BIGINT NOT NULL, body BLOB NOT NULL,"
                + " outcome TEXT NOT NULL DEFAULT 'in-progress', attempts BIGINT NOT NULL DEFAULT 0)");
        return true;
    }

    /** The oldest, until they are so many or so large; one of any size. */
    List<JournalEntry> oldest(int limit, long mostBytes) {
        List<JournalEntry> oldest = new ArrayList<>();
        long bytes = 0;
        try (ResultIterator<JournalEntry> rows = handle.createQuery(
                        "SELECT id, event, received_at, body, attempts FROM delivery ORDER BY sequence LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> DeliveryTable.delivery(row))
                .iterator()) {
            while (bytes < mostBytes && rows.hasNext()) {
                JournalEntry next = rows.next();
                oldest.add(next);
                bytes += next.body().length;
            }
        }
        return oldest;
    }

    /** Takes them out. */
    boolean remove(List<JournalEntry> deliveries) {
        PreparedBatch batch = handle.prepareBatch("DELETE FROM delivery WHERE id = :id");
        deliveries.forEach(delivery -> batch.bind("id", delivery.id()).add());
        batch.execute();
        return true;
    }

    /** Writes as much, and takes it out again. */
    boolean probe(int bytes) {
        JournalEntry nothing = new JournalEntry("", "", Instant.EPOCH, new byte[bytes], 0);
        new DeliveryTable(handle).insert(nothing);
        return remove(List.of(nothing));
    }
}
