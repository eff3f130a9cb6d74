// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The latest state of each run; states only advance. */
public final class RunTable {
    private final Handle handle;
    private final Instant now;
    private final DayCounts counts;
    private final Map<Key, Optional<JobRun>> loaded;

    /** @param loaded of the transaction, by {@link #load} */
    RunTable(Handle handle, Instant now, DayCounts counts, Map<Key, Optional<JobRun>> loaded) {
        this.handle = handle;
        this.now = now;
        this.counts = counts;
        this.loaded = loaded;
    }

    /** The primary key. */
    public record Key(String lane, String build) {
        static Key of(JobRun run) {
            return new Key(run.lane().toString(), run.identity());
        }

        /** Else PostgreSQL returns it changed. */
        private boolean isStoredAsItIs() {
            return SqlDialect.StorableText.of(lane).equals(lane)
                    && SqlDialect.StorableText.of(build).equals(build);
        }

        Map<String, String> columns() {
            return Map.of("lane", lane, "build", build);
        }
    }

    /** Reads at once what {@link #advance} asks for each of the runs. */
    public void load(List<JobRun> runs) {
        List<Key> keys = runs.stream().map(Key::of).distinct().toList();
        if (keys.isEmpty()) {
            return;
        }
        keys.stream().filter(Key::isStoredAsItIs).forEach(key -> loaded.put(key, Optional.empty()));
        handle.createQuery("SELECT lane, build_id, document FROM run WHERE (lane, build_id) IN (VALUES <keys>)")
                .bindMethodsList("keys", keys, List.of("lane", "build"))
                .map((row, context) -> loaded.put(
                        new Key(row.getString("lane"), row.getString("build_id")),
                        Optional.of(JsonColumns.read(row.getString("document"), JobRun.class))))
                .list();
    }

    static int forgetSeenBefore(Handle handle, Instant instant, int limit) {
        return handle.createUpdate("DELETE FROM run WHERE (lane, build_id) IN (SELECT lane, build_id FROM run"
                        + " WHERE ended_at < :instant AND seen_at < :instant AND (type <> 'periodic' OR EXISTS"
                        + " (SELECT 1 FROM run newer WHERE newer.type = 'periodic' AND newer.job = run.job AND newer.started_at > run.started_at))"
                        + " LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    /** As {@link #advance(JobRun, Visibility)}, for a run of which that is not known. */
    public boolean advance(JobRun run) {
        return advance(run, Visibility.UNKNOWN);
    }

    /** False if the stored state is the same or later. */
    public boolean advance(JobRun run, Visibility visibility) {
        Optional<JobRun> known = known(run);
        forgetWithoutBuild(run);
        if (known.isPresent() && !run.follows(known.get())) {
            fillIn(run);
            return false;
        }
        handle.createUpdate(
                        "INSERT INTO run (lane, build_id, prow_job, job, type, cluster, state, started_at, pending_at,"
                                + " ended_at, seen_at, commit_sha, visibility, document) VALUES (:lane, :build, :prowJob, :job, :type, :cluster,"
                                + " :state, :started, :pending, :ended, :now, :commit, :visibility, :document) ON CONFLICT (lane, build_id) DO"
                                + " UPDATE SET state = :state, prow_job = coalesce(:prowJob, run.prow_job), cluster ="
                                + " coalesce(:cluster, run.cluster), started_at = coalesce(:started, run.started_at),"
                                + " pending_at = coalesce(:pending, run.pending_at), ended_at = :ended, seen_at = :now,"
                                + " commit_sha = coalesce(:commit, run.commit_sha), visibility = CASE WHEN run.visibility = 'private'"
                                + " THEN 'private' ELSE :visibility END, document = :document")
                .bindMap(key(run))
                .bind("prowJob", run.prowJob())
                .bind("job", run.job())
                .bind("type", run.type().prowName())
                .bind("cluster", run.cluster())
                .bind("state", run.state().prowName())
                .bind("started", milliseconds(run.times().started()))
                .bind("pending", milliseconds(run.times().pending()))
                .bind("ended", milliseconds(ended(run)))
                .bind("now", now.toEpochMilli())
                .bind("commit", commit(run))
                .bind("visibility", visibility.value())
                .bind("document", JsonColumns.write(run))
                .execute();
        loaded.replace(Key.of(run), Optional.of(run));
        if (run.state() == JobState.SUCCESS || run.state().isRed()) {
            count(run, run.lane().toString(), Objects.requireNonNull(ended(run)));
        }
        return true;
    }

    /** Adds a finished run to the counts; a success makes earlier failures on the same commit flaky, and the other way round. */
    private void count(JobRun run, String lane, Instant ended) {
        boolean failed = run.state().isRed();
        counts.addRuns(lane, DayCounts.day(ended), 1, failed);
        if (commit(run) == null) {
            return;
        }
        String flaky = failed
                ? "build_id = :build AND EXISTS (SELECT 1 FROM run AS other WHERE other.lane = :lane"
                        + " AND other.commit_sha = :commit AND other.state = 'success')"
                : "commit_sha = :commit AND state IN ('failure', 'error')";
        handle.createQuery("UPDATE run SET flaky = 1 WHERE lane = :lane AND flaky = 0 AND " + flaky
                        + " RETURNING build_id, ended_at")
                .bindMap(key(run))
                .bind("commit", commit(run))
                .map((row, context) -> Map.entry(row.getString("build_id"), row.getLong("ended_at")))
                .list()
                .forEach(flake -> {
                    counts.addFlaky(lane, Math.floorDiv(flake.getValue(), DayCounts.DAY), 1);
                    new TestTable(handle).markFlaky(lane, flake.getKey());
                });
    }

    /** What a presubmit tests; the commits of other runs do not tell whether a failure is a flake. */
    private static @Nullable String commit(JobRun run) {
        return run.type() == JobType.PRESUBMIT
                ? run.pulls().stream()
                        .map(Pull::sha)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** Adds what the artifacts of a run show. */
    public void setBase(JobRun run, String commit) {
        known(run).ifPresent(stored -> handle.createUpdate(
                        "UPDATE run SET document = :document WHERE lane = :lane AND build_id = :build")
                .bindMap(key(run))
                .bind("document", JsonColumns.write(stored.withBaseSha(commit)))
                .execute());
        loaded.remove(Key.of(run));
    }

    /** The names of the ProwJobs that have not ended, as far as sources report names. */
    public Set<String> unfinishedProwJobs() {
        return handle.createQuery("SELECT prow_job FROM run WHERE ended_at IS NULL AND prow_job IS NOT NULL")
                .mapTo(String.class)
                .set();
    }

    /** Ends the run of a deleted ProwJob. Its state stays: a result that arrives later still counts. */
    public void endDeleted(String prowJob, Instant at) {
        handle.createUpdate("UPDATE run SET ended_at = :at WHERE prow_job = :prowJob AND ended_at IS NULL")
                .bind("at", at.toEpochMilli())
                .bind("prowJob", prowJob)
                .execute();
    }

    /** Whether the stored state of the run cannot change any more. */
    public boolean hasEnded(JobRun run) {
        return known(run).filter(JobRun::isFinal).isPresent();
    }

    private Optional<JobRun> known(JobRun run) {
        Optional<JobRun> read = loaded.get(Key.of(run));
        return read == null ? stored(run) : read;
    }

    private Optional<JobRun> stored(JobRun run) {
        return handle.createQuery("SELECT document FROM run WHERE lane = :lane AND build_id = :build")
                .bindMap(key(run))
                .map((row, context) -> JsonColumns.read(row.getString("document"), JobRun.class))
                .findOne();
    }

    /** A run has no build id before its pod exists; replaces that row once it has one. */
    private void forgetWithoutBuild(JobRun run) {
        if (run.prowJob() != null && run.buildId() != null) {
            handle.createQuery("DELETE FROM run WHERE prow_job = :prowJob AND lane = :lane AND build_id <> :build"
                            + " RETURNING state, ended_at, flaky")
                    .bindMap(key(run))
                    .bind("prowJob", run.prowJob())
                    .map((row, context) -> uncount(row, run.lane().toString()))
                    .list();
            loaded.keySet().removeIf(key -> key.lane().equals(run.lane().toString()));
        }
    }

    private boolean uncount(ResultSet row, String lane) throws SQLException {
        JobState state = JobState.named(row.getString("state")).orElseThrow();
        boolean counted = state == JobState.SUCCESS || state.isRed();
        if (counted) {
            long day = Math.floorDiv(row.getLong("ended_at"), DayCounts.DAY);
            counts.addRuns(lane, day, -1, state.isRed());
            counts.addFlaky(lane, day, -row.getInt("flaky"));
        }
        return counted;
    }

    /** Another source may know the cluster and times. */
    private void fillIn(JobRun run) {
        handle.createUpdate("UPDATE run SET prow_job = coalesce(prow_job, :prowJob), cluster = coalesce(cluster,"
                        + " :cluster), started_at = coalesce(started_at, :started), pending_at ="
                        + " coalesce(pending_at, :pending), seen_at = CASE WHEN ended_at IS NULL THEN :now ELSE"
                        + " seen_at END WHERE lane = :lane AND build_id = :build")
                .bindMap(key(run))
                .bind("prowJob", run.prowJob())
                .bind("cluster", run.cluster())
                .bind("started", milliseconds(run.times().started()))
                .bind("pending", milliseconds(run.times().pending()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private static Map<String, String> key(JobRun run) {
        return Key.of(run).columns();
    }

    private @Nullable Instant ended(JobRun run) {
        return run.isFinal() ? Objects.requireNonNullElse(run.times().completed(), now) : null;
    }

    private static @Nullable Long milliseconds(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
