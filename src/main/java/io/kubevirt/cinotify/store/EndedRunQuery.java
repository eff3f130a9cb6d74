// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.prow.JobRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

public final class EndedRunQuery {
    /** PostgreSQL otherwise sends all rows at once. */
    private static final int FETCH_SIZE = 500;

    private final Handle handle;

    EndedRunQuery(Handle handle) {
        this.handle = handle;
    }

    /** @param at when the run ended, or when its end was first seen if no source reported it */
    public record EndedRun(Instant at, JobRun run) {}

    /** Time of the first failure in {@code [from, until]}, by job; jobs without a failure are absent. */
    public Map<String, Instant> firstRed(Collection<String> jobs, Instant from, Instant until) {
        Map<String, Instant> first = new HashMap<>();
        if (!jobs.isEmpty()) {
            handle.createQuery("SELECT job, min(ended_at) AS first FROM run WHERE job IN (<jobs>)"
                            + " AND state IN ('failure', 'error') AND ended_at >= :from AND ended_at <= :until"
                            + " GROUP BY job")
                    .bindList("jobs", List.copyOf(jobs))
                    .bind("from", from.toEpochMilli())
                    .bind("until", until.toEpochMilli())
                    .map((row, context) -> first.put(row.getString("job"), Instant.ofEpochMilli(row.getLong("first"))))
                    .list();
        }
        return first;
    }

    /** The runs of a lane around an instant: the last ones in {@code [from, at)}, and as many from there on. */
    public List<EndedRun> ofLane(String lane, Instant from, Instant at, int limit) {
        return Stream.concat(
                        part(lane, from, at, "DESC", limit),
                        part(lane, at, Instant.ofEpochMilli(Long.MAX_VALUE), "ASC", limit))
                .toList();
    }

    private Stream<EndedRun> part(String lane, Instant from, Instant until, String order, int limit) {
        return handle
                .createQuery("SELECT ended_at, document FROM run WHERE lane = :lane AND ended_at >= :from"
                        + " AND ended_at < :until ORDER BY ended_at " + order + " LIMIT :limit")
                .bind("lane", lane)
                .bind("from", from.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> endedRun(row))
                .list()
                .stream();
    }

    /** The run of a build, which may not have ended. */
    public Optional<JobRun> ofBuild(String build) {
        return handle.createQuery("SELECT document FROM run WHERE build_id = :build")
                .bind("build", build)
                .map((row, context) -> JsonColumns.read(row.getString("document"), JobRun.class))
                .findFirst();
    }

    private static EndedRun endedRun(ResultSet row) throws SQLException {
        return new EndedRun(
                Instant.ofEpochMilli(row.getLong("ended_at")),
                JsonColumns.read(row.getString("document"), JobRun.class));
    }

    /** Streams runs, oldest first, so that years of history fit in memory. */
    public void forEach(Instant from, Instant until, Consumer<EndedRun> action) {
        try (Stream<EndedRun> runs = handle
                .createQuery("SELECT ended_at, document FROM run WHERE ended_at >= :from"
                        + " AND ended_at <= :until ORDER BY ended_at, job, build_id")
                .setFetchSize(FETCH_SIZE)
                .bind("from", from.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map((row, context) -> endedRun(row))
                .stream()) {
            runs.forEach(action);
        }
    }
}
