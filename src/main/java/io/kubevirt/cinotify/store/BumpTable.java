// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Tracked bump pull requests, and the problems that the incident engine knows of. */
public final class BumpTable {
    private final Handle handle;

    BumpTable(Handle handle) {
        this.handle = handle;
    }

    public void save(TrackedBump bump) {
        handle.createUpdate("INSERT INTO bump (repository, number, class, head_sha, opened_at, ended_at, document)"
                        + " VALUES (:repository, :number, :class, :head, :opened, :ended, :document)"
                        + " ON CONFLICT (repository, number) DO UPDATE SET class = :class, head_sha = :head,"
                        + " opened_at = :opened, ended_at = :ended, document = :document")
                .bind("repository", bump.repository().fullName())
                .bind("number", bump.number())
                .bind("class", bump.className())
                .bind("head", bump.headSha())
                .bind("opened", bump.openedAt().toEpochMilli())
                .bind("ended", bump.endedAt() == null ? null : bump.endedAt().toEpochMilli())
                .bind("document", JsonColumns.write(bump))
                .execute();
    }

    public void forget(TrackedBump bump) {
        handle.createUpdate("DELETE FROM bump WHERE repository = :repository AND number = :number")
                .bind("repository", bump.repository().fullName())
                .bind("number", bump.number())
                .execute();
    }

    public Optional<TrackedBump> find(Repository repository, int number) {
        return pulls(handle.createQuery("SELECT document FROM bump WHERE repository = :repository AND number = :number")
                        .bind("repository", repository.fullName())
                        .bind("number", number))
                .stream()
                .findFirst();
    }

    /** Open bumps with this head commit. */
    public List<TrackedBump> ofHead(String sha) {
        return pulls(handle.createQuery("SELECT document FROM bump WHERE head_sha = :sha AND ended_at IS NULL"
                        + " ORDER BY repository, number")
                .bind("sha", sha));
    }

    /** Open bumps and those that ended at or after an instant. */
    public List<TrackedBump> current(Instant endedFrom) {
        return pulls(handle.createQuery("SELECT document FROM bump WHERE ended_at IS NULL OR ended_at >= :from"
                        + " ORDER BY repository, number")
                .bind("from", endedFrom.toEpochMilli()));
    }

    private static List<TrackedBump> pulls(Query query) {
        return query.map((row, context) -> JsonColumns.read(row.getString("document"), TrackedBump.class))
                .list();
    }

    /** Opening time of the newest bump, by class name. */
    public Map<String, Instant> lastOpened() {
        Map<String, Instant> last = new HashMap<>();
        handle.createQuery("SELECT class, max(opened_at) AS opened FROM bump GROUP BY class")
                .map((row, context) -> last.put(row.getString("class"), Instant.ofEpochMilli(row.getLong("opened"))))
                .list();
        return last;
    }

    /**
     * Deletes up to {@code limit} bumps that ended before an instant. The newest of each class stays: it shows when the class
     * becomes stale.
     */
    public int forgetEndedBefore(Instant instant, int limit) {
        return handle.createUpdate("DELETE FROM bump WHERE (repository, number) IN (SELECT repository, number FROM bump"
                        + " WHERE ended_at < :instant AND opened_at < (SELECT max(newer.opened_at) FROM bump AS newer"
                        + " WHERE newer.class = bump.class) LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    /** Last reported state, by key of the problem. */
    public Map<String, String> reportedProblems() {
        Map<String, String> reported = new TreeMap<>();
        handle.createQuery("SELECT key, reported FROM bump_problem")
                .map((row, context) -> reported.put(row.getString("key"), row.getString("reported")))
                .list();
        return reported;
    }

    public void markReported(String key, String state) {
        handle.createUpdate("INSERT INTO bump_problem (key, reported) VALUES (:key, :reported)"
                        + " ON CONFLICT (key) DO UPDATE SET reported = :reported")
                .bind("key", key)
                .bind("reported", state)
                .execute();
    }

    public void forgetReported(String key) {
        handle.createUpdate("DELETE FROM bump_problem WHERE key = :key")
                .bind("key", key)
                .execute();
    }
}
