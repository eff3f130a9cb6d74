// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.suspect.MergedPull;
import io.kubevirt.cinotify.suspect.SuspectVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The ledger of merges, and the ranges of commits about which GitHub was asked. */
public final class MergeTable {
    private final Handle handle;

    MergeTable(Handle handle) {
        this.handle = handle;
    }

    /** An event knows the author and the class of a bump, which a comparison does not. */
    public void saveIfBetter(MergedPull pull) {
        Optional<MergedPull> known = find(pull.repository(), pull.commit());
        if (known.isEmpty() || !pull.paths().isEmpty()) {
            save(known.map(before -> before.withPaths(pull.paths(), pull.allPaths()))
                    .orElse(pull));
        }
    }

    /** Pull requests merged since an instant whose paths are unknown, newest first. */
    public List<MergedPull> withoutPaths(Instant from) {
        return handle
                .createQuery("SELECT document FROM merged_pull WHERE merged_at >= :from AND number > 0"
                        + " ORDER BY merged_at DESC")
                .bind("from", from.toEpochMilli())
                .map((row, context) -> JsonColumns.read(row.getString("document"), MergedPull.class))
                .stream()
                .filter(pull -> pull.paths().isEmpty())
                .toList();
    }

    /** Paths that are known stay. */
    public void save(MergedPull pull) {
        MergedPull known = pull.paths().isEmpty()
                ? find(pull.repository(), pull.commit())
                        .map(before -> pull.withPaths(before.paths(), before.allPaths()))
                        .orElse(pull)
                : pull;
        handle.createUpdate("INSERT INTO merged_pull (repository, commit_sha, number, branch, merged_at, document)"
                        + " VALUES (:repository, :commit, :number, :branch, :merged, :document)"
                        + " ON CONFLICT (repository, commit_sha) DO UPDATE SET number = :number, document = :document")
                .bind("repository", pull.repository())
                .bind("commit", pull.commit())
                .bind("number", pull.number())
                .bind("branch", pull.branch())
                .bind("merged", pull.mergedAt().toEpochMilli())
                .bind("document", JsonColumns.write(known))
                .execute();
    }

    public Optional<MergedPull> find(String repository, String commit) {
        return handle.createQuery(
                        "SELECT document FROM merged_pull WHERE repository = :repository AND commit_sha = :commit")
                .bind("repository", repository)
                .bind("commit", commit)
                .map((row, context) -> JsonColumns.read(row.getString("document"), MergedPull.class))
                .findOne();
    }

    /** Of a repository since an instant, oldest first. */
    public List<MergedPull> since(String repository, Instant from) {
        return handle.createQuery("SELECT document FROM merged_pull WHERE repository = :repository"
                        + " AND merged_at >= :from ORDER BY merged_at, number")
                .bind("repository", repository)
                .bind("from", from.toEpochMilli())
                .map((row, context) -> JsonColumns.read(row.getString("document"), MergedPull.class))
                .list();
    }

    /** Why a range is not known; empty text if the ledger has all of it, no value if nobody asked. */
    public Optional<String> rangeProblem(String repository, String commits) {
        return handle.createQuery(
                        "SELECT problem FROM merge_range WHERE repository = :repository AND commits = :commits")
                .bind("repository", repository)
                .bind("commits", commits)
                .mapTo(String.class)
                .findOne();
    }

    public void saveRange(String repository, String commits, String problem, Instant now) {
        handle.createUpdate("INSERT INTO merge_range (repository, commits, asked_at, problem)"
                        + " VALUES (:repository, :commits, :now, :problem)"
                        + " ON CONFLICT (repository, commits) DO UPDATE SET asked_at = :now, problem = :problem")
                .bind("repository", repository)
                .bind("commits", commits)
                .bind("now", now.toEpochMilli())
                .bind("problem", problem)
                .execute();
    }

    /** The last verdict of a person about a suspect counts. */
    public void add(SuspectVerdict verdict, boolean shown) {
        handle.createUpdate("INSERT INTO suspect_verdict (incident, suspect, person, at, confirmed, shown)"
                        + " VALUES (:incident, :suspect, :person, :at, :confirmed, :shown)"
                        + " ON CONFLICT (incident, suspect, person) DO UPDATE SET at = :at, confirmed = :confirmed")
                .bind("incident", verdict.incident())
                .bind("suspect", verdict.suspect())
                .bind("person", verdict.person().toLowerCase(Locale.ROOT))
                .bind("at", verdict.at().toEpochMilli())
                .bind("confirmed", verdict.confirmed() ? 1 : 0)
                .bind("shown", shown ? 1 : 0)
                .execute();
    }

    public SuspectVerdict.Figures verdicts() {
        return handle.createQuery("SELECT coalesce(sum(shown * confirmed), 0) AS yes,"
                        + " coalesce(sum(shown * (1 - confirmed)), 0) AS no,"
                        + " coalesce(sum((1 - shown) * confirmed), 0) AS missed FROM suspect_verdict AS verdict"
                        + " WHERE NOT EXISTS (SELECT 1 FROM suspect_verdict AS later WHERE later.incident ="
                        + " verdict.incident AND later.suspect = verdict.suspect AND (later.at > verdict.at"
                        + " OR (later.at = verdict.at AND later.person > verdict.person)))")
                .map((row, context) ->
                        new SuspectVerdict.Figures(row.getInt("yes"), row.getInt("no"), row.getInt("missed")))
                .one();
    }

    public int forgetBefore(Instant instant, int limit) {
        handle.createUpdate("DELETE FROM merge_range WHERE asked_at < :instant")
                .bind("instant", instant.toEpochMilli())
                .execute();
        return handle.createUpdate("DELETE FROM merged_pull WHERE (repository, commit_sha) IN"
                        + " (SELECT repository, commit_sha FROM merged_pull WHERE merged_at < :instant LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
