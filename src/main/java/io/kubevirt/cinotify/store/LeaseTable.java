// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Who does what only one may do. */
final class LeaseTable {

    /** Not the beginning of the transaction, which may have waited for another since. */
    static final String NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";

    private final Handle handle;

    LeaseTable(Handle handle) {
        this.handle = handle;
    }

    /** Whether one would get it now, or has it. */
    boolean isFree(String name, String holder) {
        return handle.createQuery("SELECT count(*) FROM lease WHERE name = :name AND holder <> :holder"
                                + " AND expires_at >= " + NOW)
                        .bindMap(key(name, holder))
                        .mapTo(Long.class)
                        .one()
                == 0;
    }

    /** False if another was quicker. */
    boolean acquire(String name, String holder, Duration length) {
        return handle.createUpdate("INSERT INTO lease (name, holder, expires_at) VALUES (:name, :holder, :length + "
                                + NOW
                                + ") ON CONFLICT (name) DO UPDATE SET holder = :holder, expires_at = :length + " + NOW
                                + " WHERE lease.holder = :holder OR lease.expires_at < " + NOW)
                        .bindMap(key(name, holder))
                        .bind("length", length.toMillis())
                        .execute()
                == 1;
    }

    /** The row is this transaction's until its end, even if it has expired; false if it is another's already. */
    boolean renew(String name, String holder, Duration length) {
        return handle.createUpdate("UPDATE lease SET expires_at = :length + " + NOW
                                + " WHERE name = :name AND holder = :holder")
                        .bindMap(key(name, holder))
                        .bind("length", length.toMillis())
                        .execute()
                == 1;
    }

    boolean release(String name, String holder) {
        return handle.createUpdate("DELETE FROM lease WHERE name = :name AND holder = :holder")
                        .bindMap(key(name, holder))
                        .execute()
                == 1;
    }

    /** Takes away what expired of those whose name begins so; whose it was. */
    List<String> deleteExpired(String beginning) {
        return handle.createQuery("DELETE FROM lease WHERE name LIKE :beginning || '%' AND expires_at < " + NOW
                        + " RETURNING holder")
                .bind("beginning", beginning)
                .mapTo(String.class)
                .list();
    }

    private static Map<String, String> key(String name, String holder) {
        return Map.of("name", name, "holder", holder);
    }

    /** A lease that is a row. */
    static final class Held implements Lease {

        private final Store store;
        private final String name;
        private final String holder;
        private final Duration duration;

        Held(Store store, String name, String holder, Duration length) {
            this.store = store;
            this.name = name;
            this.holder = holder;
            this.duration = length;
        }

        @Override
        public boolean acquire() {
            // A look first: who only waits must not stand in the way of the one who works.
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
