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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** The embedded store as somebody beside the plugin reads it: nothing is written, and the plugin need not stop. */
public final class JournalFile {

    private final Jdbi jdbi;

    private JournalFile(Path file) {
        this.jdbi = Jdbi.create("jdbc:sqlite:" + file + "?open_mode=1&busy_timeout=5000");
    }

    /** The store of a folder; empty if there is none. */
    public static Optional<JournalFile> open(Path folder) {
        Path file = folder.resolve("ci-notify.db");
        return Files.isRegularFile(file) ? Optional.of(new JournalFile(file)) : Optional.empty();
    }

    /** Before this instant nobody watched: what ended earlier was only noted. */
    public Instant beganToWatch() {
        return jdbi.withHandle(handle -> new WatermarkTable(handle).find("watch/began"))
                .map(Watermark::at)
                .orElse(Instant.EPOCH);
    }

    /** Asks some questions that are all answered as of the same moment. */
    public <T> T read(Function<Transaction, T> questions) {
        return jdbi.inTransaction(handle -> questions.apply(new Transaction(handle)));
    }

    /** Hands over the runs that ended within a time, oldest first. */
    public void eachEnded(Instant from, Instant until, Consumer<EndedRuns.Ended> taker) {
        jdbi.useHandle(handle -> new EndedRuns(handle).each(from, until, taker));
    }
}
