// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.diagnosis.FailureRecord;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Requests for artifacts, and the failures found in them. */
public final class EvidenceTable {
    private static final int MOST_COMPARED = 2_000;

    private final Handle handle;

    EvidenceTable(Handle handle) {
        this.handle = handle;
    }

    /** Requests the artifacts of a run; false if they were requested before. */
    public boolean request(String id, JobRun run, Instant endedAt, Instant due) {
        return handle.createUpdate("INSERT INTO evidence (run, ended_at, due_at, document)"
                                + " VALUES (:run, :ended, :due, :document) ON CONFLICT (run) DO NOTHING")
                        .bind("run", id)
                        .bind("ended", endedAt.toEpochMilli())
                        .bind("due", due.toEpochMilli())
                        .bind("document", JsonColumns.write(run))
                        .execute()
                == 1;
    }

    /**
     * Claims due requests, oldest first.
     *
     * @param prefix of their ids; empty for all
     * @param until when the claim expires
     */
    public List<Request> claim(String prefix, Instant now, Instant until, int limit) {
        List<Request> due = handle.createQuery("SELECT run, ended_at, attempts, document FROM evidence"
                        + " WHERE due_at <= :now AND run LIKE :prefix ORDER BY due_at, run LIMIT :limit")
                .bind("now", now.toEpochMilli())
                .bind("prefix", prefix + "%")
                .bind("limit", limit)
                .map((row, context) -> new Request(
                        row.getString("run"),
                        JsonColumns.read(row.getString("document"), JobRun.class),
                        Instant.ofEpochMilli(row.getLong("ended_at")),
                        row.getInt("attempts") + 1))
                .list();
        return due.stream()
                .filter(request -> handle.createUpdate("UPDATE evidence SET due_at = :until, attempts = :attempts"
                                        + " WHERE run = :run AND attempts = :attempts - 1")
                                .bind("until", until.toEpochMilli())
                                .bind("attempts", request.attempt())
                                .bind("run", request.id())
                                .execute()
                        == 1)
                .toList();
    }

    /** Whether a request was made and ended. */
    public boolean hasEnded(String id) {
        return handle.createQuery("SELECT run FROM evidence WHERE run = :run AND due_at IS NULL")
                .bind("run", id)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Null ends the request. */
    public void reschedule(String id, @Nullable Instant next) {
        handle.createUpdate("UPDATE evidence SET due_at = :next WHERE run = :run")
                .bind("next", next == null ? null : Long.valueOf(next.toEpochMilli()))
                .bind("run", id)
                .execute();
    }

    public void recordFailure(FailureRecord failure, @Nullable String knownIssue) {
        handle.createUpdate("UPDATE evidence SET signature = :signature, known_issue = :known, failure = :failure"
                        + " WHERE run = :run")
                .bind("signature", failure.signature())
                .bind("known", knownIssue)
                .bind("failure", JsonColumns.write(failure))
                .bind("run", failure.run())
                .execute();
    }

    /** Failures around the same time, and all with the same signature. */
    public List<FailureRecord> comparable(FailureRecord failure, Duration before, Duration after) {
        return handle.createQuery("SELECT failure FROM evidence WHERE failure IS NOT NULL"
                        + " AND (ended_at BETWEEN :from AND :until OR (signature = :signature AND signature <> ''))"
                        + " ORDER BY ended_at DESC LIMIT :limit")
                .bind("from", failure.at().minus(before).toEpochMilli())
                .bind("until", failure.at().plus(after).toEpochMilli())
                .bind("signature", failure.signature())
                .bind("limit", MOST_COMPARED)
                .map((row, context) -> JsonColumns.read(row.getString("failure"), FailureRecord.class))
                .list();
    }

    /** Time of the oldest stored failure. */
    public Optional<Instant> rememberedSince() {
        return handle.createQuery("SELECT min(ended_at) AS since FROM evidence WHERE failure IS NOT NULL")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    /** Newest first. */
    public List<FailureRecord> since(Instant from) {
        return handle.createQuery("SELECT failure FROM evidence WHERE failure IS NOT NULL AND ended_at >= :from"
                        + " ORDER BY ended_at DESC LIMIT :limit")
                .bind("from", from.toEpochMilli())
                .bind("limit", MOST_COMPARED)
                .map((row, context) -> JsonColumns.read(row.getString("failure"), FailureRecord.class))
                .list();
    }

    /** Matches in {@code [from, until)} by known issue, of the lanes that may be shown. */
    public Map<String, Integer> knownIssues(Instant from, Instant until, Predicate<Lane> shown) {
        return handle
                .createQuery("SELECT known_issue, failure FROM evidence"
                        + " WHERE known_issue IS NOT NULL AND ended_at >= :from AND ended_at < :until")
                .bind("from", from.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map((row, context) -> Map.entry(
                        row.getString("known_issue"), JsonColumns.read(row.getString("failure"), FailureRecord.class)))
                .stream()
                .filter(match -> shown.test(match.getValue().lane()))
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingInt(match -> 1)));
    }

    /** Deletes up to {@code limit} runs that ended before an instant. */
    public int forgetEndedBefore(Instant instant, int limit) {
        return handle.createUpdate("DELETE FROM evidence WHERE run IN"
                        + " (SELECT run FROM evidence WHERE ended_at < :instant LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    /**
     * A request for the artifacts of a run.
     *
     * @param attempt number of this attempt, from 1
     */
    public record Request(String id, JobRun run, Instant endedAt, int attempt) {}
}
