// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link JobRun} from the facts that an event source carries. */
public final class JobRunBuilder {

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
                annotations);
    }
}
