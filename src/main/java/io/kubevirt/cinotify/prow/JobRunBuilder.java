// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link JobRun} out of what a door knows; what it does not know stays absent. */
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

    /** The tested repository. */
    public JobRunBuilder repository(@Nullable Repository repository) {
        this.repository = repository;
        return this;
    }

    /** The branch it runs against. */
    public JobRunBuilder baseRef(@Nullable String baseRef) {
        this.baseRef = baseRef;
        return this;
    }

    /** The pull requests under test. */
    public JobRunBuilder pulls(List<Pull> pulls) {
        this.pulls = pulls;
        return this;
    }

    /** The alias of the build cluster. */
    public JobRunBuilder cluster(@Nullable String cluster) {
        this.cluster = cluster;
        return this;
    }

    /** Prow's words on the state, already cleaned. */
    public JobRunBuilder description(String description) {
        this.description = description;
        return this;
    }

    /** The name of its ProwJob. */
    public JobRunBuilder prowJob(@Nullable String prowJob) {
        this.prowJob = prowJob;
        return this;
    }

    /** The number of the run and the page that shows it. */
    public JobRunBuilder build(@Nullable String buildId, @Nullable String url) {
        this.buildId = buildId;
        this.url = url;
        return this;
    }

    /** When it was created, got its pod, ended. */
    public JobRunBuilder times(RunTimes times) {
        this.times = times;
        return this;
    }

    /** The ProwJob's labels. */
    public JobRunBuilder labels(Map<String, String> labels) {
        this.labels = labels;
        return this;
    }

    /** The ProwJob's annotations. */
    public JobRunBuilder annotations(Map<String, String> annotations) {
        this.annotations = annotations;
        return this;
    }

    /** The run. */
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
