// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;

/** Schema version. {@code serve} migrates an older store; every command rejects a newer one. */
public final class SchemaVersion {
    /** The number of the newest migration in {@code db/both}. */
    static final int CURRENT = 25;

    private SchemaVersion() {}

    /**
     * Whether a database has no tables or those of an older version.
     *
     * @throws Mismatch if a newer version wrote it
     * @throws JdbiException without a connection
     */
    static boolean isOlder(DataSource database) {
        try (Handle handle = Jdbi.open(database)) {
            int found = newest(handle);
            if (found > CURRENT) {
                throw Mismatch.newer(Integer.toString(found));
            }
            return found < CURRENT;
        } catch (StatementException e) {
            // Flyway creates the tables, or names what is wrong with the database.
            return true;
        }
    }

    /**
     * Rejects a store of another version.
     *
     * @throws JdbiException if there are no tables
     */
    static void verify(Handle handle) {
        int found = newest(handle);
        if (found > CURRENT) {
            throw Mismatch.newer(Integer.toString(found));
        }
        if (found < CURRENT) {
            throw Mismatch.older(found);
        }
    }

    static int newest(Handle handle) {
        return handle.createQuery("SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history"
                        + " WHERE success")
                .mapTo(Integer.class)
                .one();
    }

    public static final class Mismatch extends RuntimeException {
        private Mismatch(String message) {
            super(message);
        }

        static Mismatch newer(String found) {
            return new Mismatch("the store has schema " + found + ", but this version of ci-notify knows only up to "
                    + SchemaVersion.CURRENT
                    + ": run the version that wrote it or a newer one, or restore the backup from"
                    + " before the upgrade; there is no downgrade");
        }

        static Mismatch older(int found) {
            return new Mismatch("the store has schema " + found + ", but this version of ci-notify needs "
                    + SchemaVersion.CURRENT + ": start \"ci-notify serve\" once, it migrates the store");
        }
    }
}
