// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a Prow job. Facts that the event source does not carry are absent. The description is untrusted text
 * without the BaseSHA tail: escape it. The build id is an unsigned 64-bit number, null before the pod exists.
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

    public JobRun {
        pulls = List.copyOf(pulls);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public static JobRunBuilder builder(String job, JobType type, JobState state) {
        return new JobRunBuilder(job, type, state);
    }

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

    /** When the ProwJob and its pod were created, and when it reached a final state (prow-contract §6). */
    public record RunTimes(
            @Nullable Instant started,
            @Nullable Instant pending,
            @Nullable Instant completed) {

        public static final RunTimes UNKNOWN = new RunTimes(null, null, null);
    }
}
