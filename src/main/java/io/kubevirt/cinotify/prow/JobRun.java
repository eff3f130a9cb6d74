// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run of a Prow job. Facts that the event source does not carry are absent. The description is untrusted text
 * without the BaseSHA tail: escape it. The visibility is what the source shows: whether the repository of a webhook is
 * private, or a ProwJob is hidden. The base is the commit of the branch that was tested. The build id is an unsigned 64-bit number, null before the pod exists.
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
        Map<String, String> annotations,
        @Nullable Visibility visibility,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String baseSha) {
    public JobRun {
        pulls = List.copyOf(pulls);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** Build ids are snowflakes: milliseconds since this epoch, then 22 bits (failure-history §8). */
    private static final long SNOWFLAKE_EPOCH = 1_288_834_974_657L;

    private static final int SNOWFLAKE_SEQUENCE_BITS = 22;
    private static final Pattern SNOWFLAKE = Pattern.compile("[0-9]{19,20}");
    private static final Duration LONGEST_RUN = Duration.ofDays(3);

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

    /** Whether it is newer than the earlier one: a run only moves forward, and a final state never changes. */
    public boolean follows(JobRun earlier) {
        return !earlier.isFinal() && progress() > earlier.progress();
    }

    private int progress() {
        return isFinal() ? JobState.values().length : state.ordinal();
    }

    /** Identifies a run among those of its job: the build id, else the name of its ProwJob, else its creation time. */
    public String identity() {
        if (buildId != null && !buildId.isEmpty()) {
            return buildId;
        }
        if (prowJob != null) {
            return prowJob;
        }
        Instant started = Objects.requireNonNullElse(lastChange(), Instant.EPOCH);
        Instant created = Objects.requireNonNullElse(times.started(), started);
        return BigInteger.valueOf(created.toEpochMilli() - SNOWFLAKE_EPOCH)
                .shiftLeft(SNOWFLAKE_SEQUENCE_BITS)
                .toString();
    }

    /** The same run, with the commit of the branch that it tested. */
    public JobRun withBaseSha(String commit) {
        return new JobRun(
                job,
                type,
                repository,
                baseRef,
                pulls,
                cluster,
                state,
                description,
                prowJob,
                buildId,
                url,
                times,
                labels,
                annotations,
                visibility,
                commit);
    }

    /** When its base was chosen: when it was triggered, as far as known. A build id of no snowflake is of another time. */
    @JsonIgnore
    public @Nullable Instant triggeredAt() {
        Instant change = lastChange();
        if (times.started() != null
                || change == null
                || buildId == null
                || !SNOWFLAKE.matcher(buildId).matches()) {
            return times.started() != null ? times.started() : change;
        }
        Instant created = Instant.ofEpochMilli(
                new BigInteger(buildId).shiftRight(SNOWFLAKE_SEQUENCE_BITS).longValue() + SNOWFLAKE_EPOCH);
        return created.isBefore(change) && created.plus(LONGEST_RUN).isAfter(change) ? created : change;
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

    public static final class JobRunBuilder {
        private final String job;
        private final JobType type;
        private final JobState state;
        private @Nullable Repository repository;
        private @Nullable String baseRef;
        private List<Pull> pulls = List.of();
        private @Nullable String cluster;
        private String description = "";
        private @Nullable String prowJob;
        private @Nullable String buildId;
        private @Nullable String url;
        private RunTimes times = RunTimes.UNKNOWN;
        private Map<String, String> labels = Map.of();
        private Map<String, String> annotations = Map.of();
        private @Nullable Visibility visibility;
        private @Nullable String baseSha;

        JobRunBuilder(String job, JobType type, JobState state) {
            this.job = job;
            this.type = type;
            this.state = state;
        }

        public JobRunBuilder repository(@Nullable Repository repository) {
            this.repository = repository;
            return this;
        }

        public JobRunBuilder baseRef(@Nullable String baseRef) {
            this.baseRef = baseRef;
            return this;
        }

        public JobRunBuilder pulls(List<Pull> pulls) {
            this.pulls = pulls;
            return this;
        }

        public JobRunBuilder cluster(@Nullable String cluster) {
            this.cluster = cluster;
            return this;
        }

        /** Prow's description of the state, already cleaned by {@link DescriptionCleaner}. */
        public JobRunBuilder description(String description) {
            this.description = description;
            return this;
        }

        public JobRunBuilder prowJob(@Nullable String prowJob) {
            this.prowJob = prowJob;
            return this;
        }

        public JobRunBuilder build(@Nullable String buildId, @Nullable String url) {
            this.buildId = buildId;
            this.url = url;
            return this;
        }

        public JobRunBuilder times(RunTimes times) {
            this.times = times;
            return this;
        }

        public JobRunBuilder labels(Map<String, String> labels) {
            this.labels = labels;
            return this;
        }

        public JobRunBuilder annotations(Map<String, String> annotations) {
            this.annotations = annotations;
            return this;
        }

        public JobRunBuilder visibility(@Nullable Visibility visibility) {
            this.visibility = visibility;
            return this;
        }

        public JobRunBuilder baseSha(@Nullable String baseSha) {
            this.baseSha = baseSha;
            return this;
        }

        public JobRun build() {
            return new JobRun(
                    job,
                    type,
                    repository,
                    baseRef,
                    pulls,
                    cluster,
                    state,
                    description,
                    prowJob,
                    buildId,
                    url,
                    times,
                    labels,
                    annotations,
                    visibility,
                    baseSha);
        }
    }
}
