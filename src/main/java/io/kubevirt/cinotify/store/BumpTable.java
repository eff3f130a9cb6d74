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

/** The pull requests of bots that are followed, and what the incident core was told of them. */
public final class BumpTable {

    private final Handle handle;

    BumpTable(Handle handle) {
        this.handle = handle;
    }

    /** Remembers one, in place of what was known of it. */
    public void save(TrackedBump pull) {
        handle.createUpdate("INSERT INTO bump (repository, number, class, head_sha, opened_at, ended_at, document)"
                        + " VALUES (:repository, :number, :class, :head, :opened, :ended, :document)"
                        + " ON CONFLICT (repository, number) DO UPDATE SET class = :class, head_sha = :head,"
                        + " opened_at = :opened, ended_at = :ended, document = :document")
                .bind("repository", pull.repository().fullName())
                .bind("number", pull.number())
                .bind("class", pull.className())
                .bind("head", pull.headSha())
                .bind("opened", pull.openedAt().toEpochMilli())
                .bind("ended", pull.endedAt() == null ? null : pull.endedAt().toEpochMilli())
                .bind("document", JsonColumns.write(pull))
                .execute();
    }

    /** It is followed no more. */
    public void forget(TrackedBump pull) {
        handle.createUpdate("DELETE FROM bump WHERE repository = :repository AND number = :number")
                .bind("repository", pull.repository().fullName())
                .bind("number", pull.number())
                .execute();
    }

    /** One by its number. */
    public Optional<TrackedBump> find(Repository repository, int number) {
        return pulls(handle.createQuery("SELECT document FROM bump WHERE repository = :repository AND number = :number")
                        .bind("repository", repository.fullName())
                        .bind("number", number))
                .stream()
                .findFirst();
    }

    /** The open ones whose commit under test it is. */
    public List<TrackedBump> ofHead(String sha) {
        return pulls(handle.createQuery("SELECT document FROM bump WHERE head_sha = :sha AND ended_at IS NULL"
                        + " ORDER BY repository, number")
                .bind("sha", sha));
    }

    /** The open ones, and those that ended from an instant on. */
    public List<TrackedBump> current(Instant endedFrom) {
        return pulls(handle.createQuery("SELECT document FROM bump WHERE ended_at IS NULL OR ended_at >= :from"
                        + " ORDER BY repository, number")
                .bind("from", endedFrom.toEpochMilli()));
    }

    private static List<TrackedBump> pulls(Query query) {
        return query.map((row, context) -> JsonColumns.read(row.getString("document"), TrackedBump.class))
                .list();
    }

    /** When the newest one of each class was opened, by the name of the class. */
    public Map<String, Instant> lastOpened() {
        Map<String, Instant> last = new HashMap<>();
        handle.createQuery("SELECT class, max(opened_at) AS opened FROM bump GROUP BY class")
                .map((row, context) -> last.put(row.getString("class"), Instant.ofEpochMilli(row.getLong("opened"))))
                .list();
        return last;
    }

    /**
     * Forgets those that ended before an instant, a part at a time; the newest of each class stays, by which its silence is
     * seen. How many were forgotten.
     */
    public int forgetEndedBefore(Instant instant, int limit) {
        return handle.createUpdate("DELETE FROM bump WHERE (repository, number) IN (SELECT repository, number FROM bump"
                        + " WHERE ended_at < :instant AND opened_at < (SELECT max(newer.opened_at) FROM bump AS newer"
                        + " WHERE newer.class = bump.class) LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    /** What the incident core was last told, by the key of the problem. */
    public Map<String, String> reportedProblems() {
        Map<String, String> told = new TreeMap<>();
        handle.createQuery("SELECT key, reported FROM bump_problem")
                .map((row, context) -> told.put(row.getString("key"), row.getString("reported")))
                .list();
        return told;
    }

    /** It has been told of a problem. */
    public void markReported(String key, String words) {
        handle.createUpdate("INSERT INTO bump_problem (key, reported) VALUES (:key, :reported)"
                        + " ON CONFLICT (key) DO UPDATE SET reported = :reported")
                .bind("key", key)
                .bind("reported", words)
                .execute();
    }

    /** It has been told that a problem is over. */
    public void forgetReported(String key) {
        handle.createUpdate("DELETE FROM bump_problem WHERE key = :key")
                .bind("key", key)
                .execute();
    }
}
