// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Pull;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a finished run for a day: written as an array, since there are many.
 *
 * @param number counts the runs in the order in which they came
 * @param at when it came
 * @param id its identity
 * @param key the family
 * @param job its job
 * @param pull the first pull request under test; 0 for none
 * @param base the branch; empty if not known
 * @param sha the commit under test, where known
 * @param cluster the build cluster, where known
 * @param state how it ended
 * @param requiredFailures how many failures the job itself asks for before anybody is told, where it says so
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record RunRecord(
        long number,
        Instant at,
        String id,
        GroupKey key,
        String job,
        int pull,
        String base,
        @Nullable String sha,
        @Nullable String cluster,
        JobState state,
        @Nullable Integer requiredFailures) {

    /** What many runs have in common is in memory once. */
    public RunRecord {
        job = job.intern();
        base = base.intern();
        sha = sha == null ? null : sha.intern();
        cluster = cluster == null ? null : cluster.intern();
    }

    public static RunRecord of(long number, Instant at, ObservedRun event, GroupKey key) {
        JobRun run = event.diagnosedRun().run();
        Optional<Pull> pull = run.pulls().stream().findFirst();
        return new RunRecord(
                number,
                at,
                event.id(),
                key,
                run.job(),
                pull.map(Pull::number).orElse(0),
                run.baseRef() == null ? "" : run.baseRef(),
                pull.map(Pull::sha).orElse(null),
                run.cluster(),
                run.state(),
                null);
    }

    /** The same run of a job that asks for so many failures by itself. */
    public RunRecord withRequiredFailures(@Nullable Integer failures) {
        return new RunRecord(number, at, id, key, job, pull, base, sha, cluster, state, failures);
    }

    /** Whose failure it would be: the pull request's, or where there is none the job's. */
    public String subject() {
        return pull == 0 ? key.repository() + " " + job : pullKey().toString();
    }

    public PullKey pullKey() {
        return new PullKey(key.repository(), pull);
    }

    public GroupKey lane() {
        return key.named(job);
    }

    public boolean sameJobAndCommit(RunRecord other) {
        return sha != null && sha.equals(other.sha) && job.equals(other.job);
    }
}
