// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a Prow job. Facts that the event source does not carry are absent.
 *
 * @param job the job name; it may have a prefix added by a Prow plugin
 * @param type presubmit, postsubmit, periodic or batch
 * @param repository the tested repository; null for a periodic job that names none
 * @param baseRef the branch it runs against, if known
 * @param pulls the pull requests under test: none for postsubmit and periodic, several for batch
 * @param cluster alias of the build cluster, if known
 * @param state Prow's state
 * @param description Prow's description of the state, without the BaseSHA tail; untrusted text, escape it
 * @param prowJob the name of the ProwJob resource; null if the event source does not carry it
 * @param buildId the build id, kept as text because it is an unsigned 64-bit number; null before the pod exists
 * @param url the page of the run, if known
 * @param times when it was created, started and completed
 * @param labels labels of the ProwJob; empty if the event source does not carry them
 * @param annotations annotations of the ProwJob; empty if the event source does not carry them
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

    /** A builder with the three facts that every event source carries. */
    public static JobRunBuilder builder(String job, JobType type, JobState state) {
        return new JobRunBuilder(job, type, state);
    }

    /** The lane this run belongs to. */
    public Lane lane() {
        return new Lane(repository, job);
    }

    /**
     * Whether the state cannot change any more. Prow sets the state aborted before the pod has ended (prow-contract
     * §6): until the completion time is set, an aborted run may still end in another state.
     */
    @JsonIgnore
    public boolean isFinal() {
        return state.isFinal() && (state != JobState.ABORTED || times.completed() != null);
    }

    /**
     * Whether this observation is newer than the earlier one: a run only moves forward, and a final state never
     * changes.
     */
    public boolean follows(JobRun earlier) {
        return !earlier.isFinal() && progress() > earlier.progress();
    }

    private int progress() {
        return isFinal() ? JobState.values().length : state.ordinal();
    }

    /** When this state was reached, or the latest known time before it. */
    public @Nullable Instant lastChange() {
        return times.completed() != null
                ? times.completed()
                : times.pending() != null ? times.pending() : times.started();
    }

    /**
     * The three timestamps of a run (prow-contract §6); the first two differ by the time spent in the queue.
     *
     * @param started when the ProwJob was created
     * @param pending when its pod was created
     * @param completed when it reached a final state
     */
    public record RunTimes(
            @Nullable Instant started,
            @Nullable Instant pending,
            @Nullable Instant completed) {

        /** No timestamp is known. */
        public static final RunTimes UNKNOWN = new RunTimes(null, null, null);
    }
}
