// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Read-only access to the embedded store, also while {@code serve} runs. */
public final class ReadOnlyStore {
    private final Path file;
    private final Jdbi jdbi;

    private ReadOnlyStore(Path file) {
        this.file = file;
        this.jdbi = Jdbi.create("jdbc:sqlite:" + file + "?open_mode=1&busy_timeout=5000");
    }

    /** Empty if the directory has no store. */
    public static Optional<ReadOnlyStore> open(Path directory) {
        Path file = Database.file(directory);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        ReadOnlyStore store = new ReadOnlyStore(file);
        try {
            store.read(Transaction::verifySchema);
        } catch (JdbiException e) {
            throw StoreUnavailable.absent(file + " is not a store of ci-notify", e);
        }
        return Optional.of(store);
    }

    /** Runs queries on one snapshot. */
    public <T> T read(Function<Transaction, T> queries) {
        try {
            return jdbi.inTransaction((Handle handle) -> queries.apply(new Transaction(handle)));
        } catch (JdbiException e) {
            throw StoreUnavailable.translate(e, "cannot read the store", SqlDialect.SQLITE, file);
        }
    }
}
