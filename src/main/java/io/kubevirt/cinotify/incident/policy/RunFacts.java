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
package io.kubevirt.cinotify.incident.policy;

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
 * @param need how many failures the job itself asks for before anybody is told, where it says so
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record RunFacts(
        long number,
        Instant at,
        String id,
        StreamKey key,
        String job,
        int pull,
        String base,
        @Nullable String sha,
        @Nullable String cluster,
        JobState state,
        @Nullable Integer need) {

    /** What many runs have in common is in memory once. */
    RunFacts {
        job = job.intern();
        base = base.intern();
        sha = sha == null ? null : sha.intern();
        cluster = cluster == null ? null : cluster.intern();
    }

    static RunFacts of(long number, Instant at, RunFinished event, StreamKey key) {
        JobRun run = event.finding().run();
        Optional<Pull> pull = run.pulls().stream().findFirst();
        return new RunFacts(
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
    RunFacts asking(@Nullable Integer failures) {
        return new RunFacts(number, at, id, key, job, pull, base, sha, cluster, state, failures);
    }

    /** Whose failure it would be: the pull request's, or where there is none the job's. */
    String subject() {
        return pull == 0 ? key.repository() + " " + job : pullKey().toString();
    }

    PullKey pullKey() {
        return new PullKey(key.repository(), pull);
    }

    StreamKey lane() {
        return key.named(job);
    }

    boolean sameJobAndCommit(RunFacts other) {
        return sha != null && sha.equals(other.sha) && job.equals(other.job);
    }
}
