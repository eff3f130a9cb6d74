// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

final class LeaseTable {
    /** Current time; now() is the start of the transaction, which may have waited. */
    static final String NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";

    private final Handle handle;

    LeaseTable(Handle handle) {
        this.handle = handle;
    }

    Instant now() {
        return Instant.ofEpochMilli(
                handle.createQuery("SELECT " + NOW).mapTo(Long.class).one());
    }

    /** Whether the holder has it or can get it. */
    boolean isFree(String name, String holder) {
        return handle.createQuery("SELECT count(*) FROM lease WHERE name = :name AND holder <> :holder"
                                + " AND expires_at >= " + NOW)
                        .bindMap(key(name, holder))
                        .mapTo(Long.class)
                        .one()
                == 0;
    }

    /** False if another holder was faster. */
    boolean acquire(String name, String holder, Duration duration) {
        return handle.createUpdate("INSERT INTO lease (name, holder, expires_at) VALUES (:name, :holder, :duration + "
                                + NOW
                                + ") ON CONFLICT (name) DO UPDATE SET holder = :holder, expires_at = :duration + " + NOW
                                + " WHERE lease.holder = :holder OR lease.expires_at < " + NOW)
                        .bindMap(key(name, holder))
                        .bind("duration", duration.toMillis())
                        .execute()
                == 1;
    }

    /** Locks the row until the transaction ends, even an expired one; false if another holder has it. */
    boolean renew(String name, String holder, Duration duration) {
        return handle.createUpdate("UPDATE lease SET expires_at = :duration + " + NOW
                                + " WHERE name = :name AND holder = :holder")
                        .bindMap(key(name, holder))
                        .bind("duration", duration.toMillis())
                        .execute()
                == 1;
    }

    /** Holders by name prefix. */
    int count(String prefix) {
        return handle.createQuery("SELECT count(*) FROM lease WHERE name LIKE :prefix || '%' AND expires_at >= " + NOW)
                .bind("prefix", prefix)
                .mapTo(Integer.class)
                .one();
    }

    boolean release(String name, String holder) {
        return handle.createUpdate("DELETE FROM lease WHERE name = :name AND holder = :holder")
                        .bindMap(key(name, holder))
                        .execute()
                == 1;
    }

    /** Deletes expired leases by name prefix; returns their holders. */
    List<String> deleteExpired(String prefix) {
        return handle.createQuery("DELETE FROM lease WHERE name LIKE :prefix || '%' AND expires_at < " + NOW
                        + " RETURNING holder")
                .bind("prefix", prefix)
                .mapTo(String.class)
                .list();
    }

    private static Map<String, String> key(String name, String holder) {
        return Map.of("name", name, "holder", holder);
    }

    static final class Held implements Lease {
        private final Store store;
        private final String name;
        private final String holder;
        private final Duration duration;

        Held(Store store, String name, String holder, Duration duration) {
            this.store = store;
            this.name = name;
            this.holder = holder;
            this.duration = duration;
        }

        @Override
        public boolean acquire() {
            // Read first: waiting replicas must not block the holder with writes.
            return store.read(transaction -> transaction.leases().isFree(name, holder))
                    && store.inTransaction(transaction -> transaction.leases().acquire(name, holder, duration));
        }

        @Override
        public void confirm(Transaction transaction) {
            if (!transaction.leases().renew(name, holder, duration)) {
                throw new Lease.Lost(name);
            }
        }

        @Override
        public void release() {
            store.inTransaction(transaction -> transaction.leases().release(name, holder));
        }
    }
}
