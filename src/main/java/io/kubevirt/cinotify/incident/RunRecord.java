// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Pull;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What detection keeps of a finished run for a day; serialized as an array because there are many.
 *
 * @param number numbers the runs in the order of processing
 * @param at when the run was processed
 * @param key the family
 * @param pull the first pull request under test; 0 for none
 * @param requiredFailures how many failures the job itself requires before a notification
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
    /** Interns the texts that many runs share. */
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

    /** The run with the number of failures that its job requires. */
    public RunRecord withRequiredFailures(@Nullable Integer failures) {
        return new RunRecord(number, at, id, key, job, pull, base, sha, cluster, state, failures);
    }

    /** What the failure is attributed to: the pull request, or the job if there is none. */
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

    /** A pull request. {@code number}: 0 if not known. */
    public record PullKey(String repository, int number) {
        /** Reads what {@link #toString} wrote. */
        @JsonCreator
        static PullKey parse(String text) {
            int hash = text.lastIndexOf('#');
            return new PullKey(text.substring(0, hash), Integer.parseInt(text.substring(hash + 1)));
        }

        @JsonValue
        @Override
        public String toString() {
            return repository + "#" + number;
        }
    }
}
