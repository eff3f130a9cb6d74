// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** The embedded store as somebody beside the plugin reads it: nothing is written, and the plugin need not stop. */
public final class ReadOnlyStore {

    private final Jdbi jdbi;

    private ReadOnlyStore(Path file) {
        this.jdbi = Jdbi.create("jdbc:sqlite:" + file + "?open_mode=1&busy_timeout=5000");
    }

    /** The store of a folder; empty if there is none. */
    public static Optional<ReadOnlyStore> open(Path folder) {
        Path file = folder.resolve("ci-notify.db");
        return Files.isRegularFile(file) ? Optional.of(new ReadOnlyStore(file)) : Optional.empty();
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
