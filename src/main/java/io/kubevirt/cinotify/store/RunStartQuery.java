// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.stale.RunStarts;
import io.kubevirt.cinotify.prow.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

final class RunStartQuery implements RunStarts {
    private final Handle handle;

    RunStartQuery(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Map<String, RunStarts.LastRun> periodics() {
        Map<String, RunStarts.LastRun> newest = new HashMap<>();
        // From job to job on the index: it has as many rows as there are runs.
        handle.createQuery("WITH RECURSIVE jobs (job) AS (SELECT min(job) FROM run WHERE type = 'periodic' UNION ALL"
                        + " SELECT (SELECT min(job) FROM run WHERE type = 'periodic' AND job > jobs.job) FROM jobs"
                        + " WHERE jobs.job IS NOT NULL) SELECT run.job, run.started_at, run.ended_at FROM jobs JOIN run"
                        + " ON run.job = jobs.job AND run.started_at = (SELECT max(started_at) FROM run AS newest"
                        + " WHERE newest.type = 'periodic' AND newest.job = jobs.job) WHERE run.type = 'periodic'")
                .map((row, context) -> Map.entry(row.getString("job"), lastRun(row)))
                .forEach(entry -> newest.merge(entry.getKey(), entry.getValue(), RunStartQuery::moreRecent));
        return newest;
    }

    @Override
    public List<RunStarts.PendingRun> waiting(Instant seenSince) {
        // A run gets its build id with its pod, so that what is known of it without one stays beside what is known with
        // it.
        return handle.createQuery("SELECT cluster, job, started_at, visibility,"
                        + " (SELECT count(*) FROM run sibling WHERE sibling.job = run.job AND sibling.ended_at IS NULL"
                        + " AND sibling.pending_at IS NOT NULL AND sibling.seen_at >= :since) AS siblings"
                        + " FROM run WHERE ended_at IS NULL AND pending_at IS NULL AND cluster IS NOT NULL"
                        + " AND started_at IS NOT NULL AND seen_at >= :since AND NOT EXISTS"
                        + " (SELECT 1 FROM run twin WHERE twin.lane = run.lane AND twin.build_id <> run.build_id"
                        + " AND twin.started_at = run.started_at AND twin.pending_at IS NOT NULL)"
                        + " ORDER BY started_at, job")
                .bind("since", seenSince.toEpochMilli())
                .map((row, context) -> new RunStarts.PendingRun(
                        row.getString("cluster"),
                        row.getString("job"),
                        Instant.ofEpochMilli(row.getLong("started_at")),
                        row.getInt("siblings"),
                        Visibility.named(row.getString("visibility")) == Visibility.PUBLIC))
                .list();
    }

    @Override
    public Map<String, Instant> lastPods() {
        return handle
                .createQuery("WITH RECURSIVE clusters (cluster) AS (SELECT min(cluster) FROM run UNION ALL"
                        + " SELECT (SELECT min(cluster) FROM run WHERE cluster > clusters.cluster) FROM clusters"
                        + " WHERE clusters.cluster IS NOT NULL) SELECT cluster, pending_at FROM (SELECT cluster,"
                        + " (SELECT max(pending_at) FROM run WHERE run.cluster = clusters.cluster) AS pending_at"
                        + " FROM clusters) AS newest WHERE pending_at IS NOT NULL")
                .map((row, context) ->
                        Map.entry(row.getString("cluster"), Instant.ofEpochMilli(row.getLong("pending_at"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static RunStarts.LastRun lastRun(ResultSet row) throws SQLException {
        Instant started = Instant.ofEpochMilli(row.getLong("started_at"));
        long ended = row.getLong("ended_at");
        @Nullable Instant end = row.wasNull() ? null : Instant.ofEpochMilli(ended);
        return new RunStarts.LastRun(started, end);
    }

    private static RunStarts.LastRun moreRecent(RunStarts.LastRun one, RunStarts.LastRun other) {
        return one.ended() == null ? other : one;
    }
}
