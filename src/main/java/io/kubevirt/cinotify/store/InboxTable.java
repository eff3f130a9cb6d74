/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
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
    boolean make() {
        handle.execute("CREATE TABLE IF NOT EXISTS delivery (sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
                + " id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, received_at BIGINT NOT NULL, body BLOB NOT NULL,"
                + " outcome TEXT NOT NULL DEFAULT 'in-progress', attempts BIGINT NOT NULL DEFAULT 0)");
        return true;
    }

    /** The oldest, until they are so many or so large; one of any size. */
    List<StoredDelivery> oldest(int limit, long mostBytes) {
        List<StoredDelivery> oldest = new ArrayList<>();
        long bytes = 0;
        try (ResultIterator<StoredDelivery> rows = handle.createQuery(
                        "SELECT id, event, received_at, body, attempts FROM delivery ORDER BY sequence LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> DeliveryTable.delivery(row))
                .iterator()) {
            while (bytes < mostBytes && rows.hasNext()) {
                StoredDelivery next = rows.next();
                oldest.add(next);
                bytes += next.body().length;
            }
        }
        return oldest;
    }

    /** Takes them out. */
    boolean remove(List<StoredDelivery> deliveries) {
        PreparedBatch batch = handle.prepareBatch("DELETE FROM delivery WHERE id = :id");
        deliveries.forEach(delivery -> batch.bind("id", delivery.id()).add());
        batch.execute();
        return true;
    }

    /** Writes as much, and takes it out again. */
    boolean probe(int bytes) {
        StoredDelivery nothing = new StoredDelivery("", "", Instant.EPOCH, new byte[bytes], 0);
        new DeliveryTable(handle).insert(nothing);
        return remove(List.of(nothing));
    }
}
