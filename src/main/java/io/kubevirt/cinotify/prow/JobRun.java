// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a Prow job, as far as the door that saw it knows.
 *
 * @param job the job's name in the configuration; it may carry a prefix that a plugin of the cluster put there
 * @param type presubmit, postsubmit, periodic or batch
 * @param repository the tested repository; null for a periodic job that names none
 * @param baseRef the branch it runs against, where known
 * @param pulls the pull requests under test: none for postsubmit and periodic, several for batch
 * @param cluster the alias of the build cluster, where known
 * @param state where it stands
 * @param description Prow's words on the state, without the BaseSHA tail; outside text, escape it
 * @param prowJob the name of its ProwJob, which differs from run to run; null if the door does not know it
 * @param buildId the number of the run, kept as text because it has 64 bits; null before the pod exists
 * @param url the page of the run, where known
 * @param times when it was created, got its pod, ended
 * @param labels the ProwJob's labels; empty if the door does not carry them
 * @param annotations the ProwJob's annotations; empty if the door does not carry them
 */
public record JobRun(
        String job,
        JobType type,
        @Nullable Repository repository,
        @Nullable String baseRef,
        List<Pull> pulls,
        @Nullable String cluster,
        JobState state,
        String description,
        @Nullable String prowJob,
        @Nullable String buildId,
        @Nullable String url,
        RunTimes times,
        Map<String, String> labels,
        Map<String, String> annotations) {

    /** Copies the collections. */
    public JobRun {
        pulls = List.copyOf(pulls);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** Starts a run with the three facts that every door knows. */
    public static JobRunBuilder builder(String job, JobType type, JobState state) {
        return new JobRunBuilder(job, type, state);
    }

    /** The lane that this run makes red or green. */
    public Lane lane() {
        return new Lane(repository, job);
    }

    /**
     * Whether the run will not move any more. Aborting sets the state before the run has ended (prow-contract §6): until it
     * has completed, an aborted run may still come to another end.
     */
    @JsonIgnore
    public boolean isFinal() {
        return state.isFinal() && (state != JobState.ABORTED || times.completed() != null);
    }

    /** Whether the run can have come to this from where it stood earlier: it only moves forward, and from its end nowhere. */
    public boolean follows(JobRun earlier) {
        return !earlier.isFinal() && progress() > earlier.progress();
    }

    private int progress() {
        return isFinal() ? JobState.values().length : state.ordinal();
    }

    /** When this state was reached, or the best that is known of it. */
    public @Nullable Instant lastChange() {
        return times.completed() != null
                ? times.completed()
                : times.pending() != null ? times.pending() : times.started();
    }
}
