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

/** The embedded store as somebody beside the plugin reads it: nothing is written, and the plugin need not stop. */
public final class ReadOnlyStore {

    private final Jdbi jdbi;

    private ReadOnlyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The store of a folder; empty if there is none.
     *
     * @throws SchemaVersion.Mismatch if another version wrote it
     * @throws StoreUnavailable if its file is no store
     */
    public static Optional<ReadOnlyStore> open(Path folder) {
        Path file = Database.file(folder);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Jdbi jdbi = connect(file);
        try {
            jdbi.useHandle(SchemaVersion::verify);
        } catch (JdbiException e) {
            throw new StoreUnavailable(file + " cannot be read as a store of ci-notify", e);
        }
        return Optional.of(new ReadOnlyStore(jdbi));
    }

    static Jdbi connect(Path file) {
        return Jdbi.create("jdbc:sqlite:" + file + "?open_mode=1&busy_timeout=5000");
    }

    /** Before this instant nobody watched: what ended earlier was only noted. */
    public Instant watchingSince() {
        return jdbi.withHandle(handle -> new WatermarkTable(handle).find("watch/began"))
                .map(Watermark::at)
                .orElse(Instant.EPOCH);
    }

    /** Asks some questions that are all answered as of the same moment. */
    public <T> T read(Function<Transaction, T> questions) {
        return jdbi.inTransaction(handle -> questions.apply(new Transaction(handle)));
    }

    /** Hands over the runs that ended within a time, oldest first. */
    public void forEachEnded(Instant from, Instant until, Consumer<EndedRunQuery.EndedRun> taker) {
        jdbi.useHandle(handle -> new EndedRunQuery(handle).forEach(from, until, taker));
    }
}
