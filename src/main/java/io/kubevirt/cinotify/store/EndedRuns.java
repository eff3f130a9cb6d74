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

import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The runs that have ended. */
public final class EndedRuns {

    private final Handle handle;

    EndedRuns(Handle handle) {
        this.handle = handle;
    }

    /**
     * A run and when it ended; where no door has told that, when its end was seen.
     *
     * @param run as it was told
     */
    public record Ended(Instant at, JobRun run) {}

    /**
     * Whether a run of one of some jobs that ended in {@code [from, until)} was red.
     *
     * @param jobs their names, with the repository before them or without
     */
    public boolean anyRed(List<String> jobs, Instant from, Instant until) {
        return !jobs.isEmpty()
                && handle.createQuery(
                                        "SELECT count(*) FROM run WHERE (job IN (<jobs>) OR lane IN (<jobs>))"
                                                + " AND state IN ('failure', 'error') AND ended_at >= :from AND ended_at < :until")
                                .bindList("jobs", jobs)
                                .bind("from", from.toEpochMilli())
                                .bind("until", until.toEpochMilli())
                                .mapTo(Long.class)
                                .one()
                        > 0;
    }

    /** Hands over one after the other, oldest first, so that years need little memory. */
    public void each(Instant from, Instant until, Consumer<Ended> taker) {
        try (Stream<Ended> runs = handle
                .createQuery("SELECT ended_at, document FROM run WHERE ended_at >= :from"
                        + " AND ended_at <= :until ORDER BY ended_at, job, build_id")
                .bind("from", from.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map((row, context) -> new Ended(
                        Instant.ofEpochMilli(row.getLong("ended_at")),
                        Documents.read(row.getString("document"), JobRun.class)))
                .stream()) {
            runs.forEach(taker);
        }
    }
}
