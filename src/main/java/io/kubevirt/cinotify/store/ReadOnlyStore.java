// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Read-only access to the embedded store, also while {@code serve} runs. */
public final class ReadOnlyStore {
    private final Jdbi jdbi;

    private ReadOnlyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Empty if the directory has no store. */
    public static Optional<ReadOnlyStore> open(Path directory) {
        Path file = Database.file(directory);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Jdbi jdbi = connect(file);
        try {
            jdbi.useHandle(SchemaVersion::verify);
        } catch (JdbiException e) {
            throw new StoreUnavailable(file + " is not a store of ci-notify", e);
        }
        return Optional.of(new ReadOnlyStore(jdbi));
    }

    static Jdbi connect(Path file) {
        return Jdbi.create("jdbc:sqlite:" + file + "?open_mode=1&busy_timeout=5000");
    }

    /** Start of monitoring; earlier runs were only stored. */
    public Instant watchingSince() {
        return jdbi.withHandle(handle -> new WatermarkTable(handle).find("watch/began"))
                .map(Watermark::at)
                .orElse(Instant.EPOCH);
    }

    /** Runs queries on one snapshot. */
    public <T> T read(Function<Transaction, T> queries) {
        return jdbi.inTransaction(handle -> queries.apply(new Transaction(handle)));
    }

    public void forEachEnded(Instant from, Instant until, Consumer<EndedRunQuery.EndedRun> action) {
        jdbi.useHandle(handle -> new EndedRunQuery(handle).forEach(from, until, action));
    }
}
