// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.RunParseResult.NotARun;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the run that a ProwJob tells of (prow-contract §6): a whole resource, an excerpt of one, or an item of deck's {@code
 * prowjobs.js}, which has the same shape and lacks parts. What is absent or unreadable stays unknown; only without a job, a
 * known type and a known state there is no run.
 */
public final class ProwJobReader {

    /** Kubernetes allows no annotation, and a message no name, that is longer by far. */
    private static final int MAX_JOB_LENGTH = 1_000;

    private final RunUrlReader urls;

    /** @param urls reads and judges the addresses of runs; one that is not allowed is left out, and the run counts */
    public ProwJobReader(RunUrlReader urls) {
        this.urls = urls;
    }

    /**
     * Never throws, whatever the resource is.
     *
     * @param observedAt when a door saw it; times after that can only come from a clock that is ahead, and are taken as this
     */
    public RunParseResult read(JsonNode prowJob, Instant observedAt) {
        JsonNode status = prowJob.path("status");
        String job = job(prowJob);
        String type = JsonValues.text(prowJob.path("spec").path("type"));
        String state = JsonValues.text(status.path("state"));
        if (!PathName.isPlain(job) || job.length() > MAX_JOB_LENGTH) {
            return notARun(
                    NotARunReason.MALFORMED,
                    "the ProwJob has no job, or one with a name that Prow does not allow",
                    job);
        }
        if (JobType.named(type).isEmpty()) {
            return notARun(NotARunReason.UNKNOWN_TYPE, "Prow has no such type of jobs", type);
        }
        if (JobState.named(state).isEmpty()) {
            return notARun(NotARunReason.UNKNOWN_STATE, "Prow has no such state of a run", state);
        }
        if (isOverride(status)) {
            return notARun(
                    NotARunReason.OVERRIDDEN,
                    "a person declared it green",
                    JsonValues.text(status.path("description")));
        }
        return new RunParseResult.Run(run(
                JobRun.builder(
                        job, JobType.named(type).get(), JobState.named(state).get()),
                prowJob,
                observedAt));
    }

    /** Labels hold the name too, cut at 63 characters, and are never asked (prow-contract §6). */
    private static String job(JsonNode prowJob) {
        String configured = JsonValues.text(prowJob.path("spec").path("job"));
        return configured.isEmpty()
                ? JsonValues.text(prowJob.path("metadata").path("annotations").path("prow.k8s.io/job"))
                : configured;
    }

    /** {@code /override} makes a ProwJob that never ran, so that crier writes a green status (prow-contract §5). */
    private static boolean isOverride(JsonNode status) {
        return JsonValues.text(status.path("description")).startsWith("Overridden by ")
                && JsonValues.text(status.path("build_id")).isEmpty();
    }

    private JobRun run(JobRunBuilder run, JsonNode prowJob, Instant observedAt) {
        JsonNode metadata = prowJob.path("metadata");
        JsonNode spec = prowJob.path("spec");
        JsonNode status = prowJob.path("status");
        ProwJobRefs refs = ProwJobRefs.of(spec);
        String address = JsonValues.text(status.path("url"));
        Optional<RunUrl> page = urls.read(address).found();
        String build = JsonValues.text(status.path("build_id"));
        return run.repository(refs.repository())
                .baseRef(refs.baseRef())
                .pulls(refs.pulls())
                .cluster(JsonValues.textOrNull(spec.path("cluster")))
                .description(DescriptionCleaner.clean(JsonValues.text(status.path("description"))))
                .prowJob(JsonValues.textOrNull(metadata.path("name")))
                .build(
                        PathName.isBuild(build)
                                ? build
                                : page.map(RunUrl::buildId).orElse(null),
                        page.isPresent() ? address : null)
                .times(times(metadata, status, observedAt))
                .labels(JsonValues.texts(metadata.path("labels")))
                .annotations(JsonValues.texts(metadata.path("annotations")))
                .build();
    }

    private static RunTimes times(JsonNode metadata, JsonNode status, Instant observedAt) {
        return new RunTimes(
                time(observedAt, status.path("startTime"), metadata.path("creationTimestamp")),
                time(observedAt, status.path("pendingTime")),
                time(observedAt, status.path("completionTime")));
    }

    private static @Nullable Instant time(Instant observedAt, JsonNode... candidates) {
        return Stream.of(candidates)
                .flatMap(candidate -> Stream.ofNullable(JsonValues.time(candidate)))
                .findFirst()
                .map(time -> time.isAfter(observedAt) ? observedAt : time)
                .orElse(null);
    }

    private static NotARun notARun(NotARunReason reason, String why, String words) {
        return new NotARun(reason, Quotation.after(why, words));
    }
}
