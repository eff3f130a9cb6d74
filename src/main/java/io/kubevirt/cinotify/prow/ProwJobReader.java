// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.JobRun.JobRunBuilder;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.RunParseResult.NotARun;
import io.kubevirt.cinotify.prow.RunParseResult.NotARunReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses a ProwJob (prow-contract §6): a whole resource, an excerpt, or an item of Deck's {@code prowjobs.js}, which
 * has the same shape with fewer fields. Absent and invalid fields stay unknown; only the job, a known type and a known
 * state are required.
 */
public final class ProwJobReader {
    private final RunUrlReader urls;

    /** The URL of an untrusted host is dropped, the run still counts. */
    public ProwJobReader(RunUrlReader urls) {
        this.urls = urls;
    }

    /** Never throws. A timestamp after {@code observedAt} comes from a clock that is ahead and is replaced by it. */
    public RunParseResult read(JsonNode prowJob, Instant observedAt) {
        JsonNode status = prowJob.path("status");
        String job = job(prowJob);
        String type = JsonValues.text(prowJob.path("spec").path("type"));
        String state = JsonValues.text(status.path("state"));
        if (!JsonValues.text(prowJob.path("metadata").path("deletionTimestamp")).isEmpty()) {
            return new NotARun(NotARunReason.DELETED, "the ProwJob was deleted before it ended");
        }
        if (!PathName.isJob(job)) {
            return NotARun.quoting(NotARunReason.MALFORMED, "the ProwJob has no job name or an invalid one", job);
        }
        if (JobType.named(type).isEmpty()) {
            return NotARun.quoting(NotARunReason.UNKNOWN_TYPE, "unknown job type", type);
        }
        if (JobState.named(state).isEmpty()) {
            return NotARun.quoting(NotARunReason.UNKNOWN_STATE, "unknown job state", state);
        }
        if (isOverride(status)) {
            return NotARun.quoting(
                    NotARunReason.OVERRIDDEN,
                    "the context was overridden with /override",
                    JsonValues.text(status.path("description")));
        }
        JobRunBuilder run = run(
                JobRun.builder(
                        job, JobType.named(type).get(), JobState.named(state).get()),
                prowJob,
                observedAt);
        return new RunParseResult.Run(withPage(run, prowJob));
    }

    /** The label with the job name is cut at 63 characters, so it is never used (prow-contract §6). */
    private static String job(JsonNode prowJob) {
        String configured = JsonValues.text(prowJob.path("spec").path("job"));
        return configured.isEmpty()
                ? JsonValues.text(prowJob.path("metadata").path("annotations").path("prow.k8s.io/job"))
                : configured;
    }

    /** {@code /override} creates a ProwJob that never ran; crier writes a success status (prow-contract §5). */
    private static boolean isOverride(JsonNode status) {
        return JsonValues.text(status.path("description")).startsWith("Overridden by ")
                && JsonValues.text(status.path("build_id")).isEmpty();
    }

    private JobRunBuilder run(JobRunBuilder run, JsonNode prowJob, Instant observedAt) {
        JsonNode metadata = prowJob.path("metadata");
        JsonNode spec = prowJob.path("spec");
        JsonNode status = prowJob.path("status");
        ProwJobRefs refs = ProwJobRefs.of(spec);
        String url = JsonValues.text(status.path("url"));
        Optional<RunUrl> page = urls.read(url).found();
        String build = JsonValues.text(status.path("build_id"));
        return run.repository(refs.repository())
                .baseRef(refs.baseRef())
                .baseSha(refs.baseSha())
                .pulls(refs.pulls())
                .visibility(spec.path("hidden").asBoolean() ? Visibility.PRIVATE : null)
                .cluster(JsonValues.textOrNull(spec.path("cluster")))
                .description(DescriptionCleaner.clean(JsonValues.text(status.path("description"))))
                .prowJob(JsonValues.textOrNull(metadata.path("name")))
                .build(
                        PathName.isBuild(build)
                                ? build
                                : page.map(RunUrl::buildId).orElse(null),
                        page.isPresent() ? url : null)
                .times(times(metadata, status, observedAt))
                .labels(JsonValues.texts(metadata.path("labels")))
                .annotations(JsonValues.texts(metadata.path("annotations")));
    }

    /** Without a readable URL, the page follows from the decoration config that Prow stored in the ProwJob. */
    private JobRun withPage(JobRunBuilder builder, JsonNode prowJob) {
        JobRun run = builder.build();
        JsonNode decoration = prowJob.path("spec").path("decoration_config");
        return run.url() != null || !decoration.isObject()
                ? run
                : urls.page(run, decoration)
                        .map(page -> builder.build(run.buildId(), page).build())
                        .orElse(run);
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

    /**
     * What a ProwJob tests: its {@code refs}, or the first of its {@code extra_refs} if it has none, as Prow does for
     * labels and reports (prow-contract §6). Pull requests of {@code extra_refs} are only cloned.
     */
    private record ProwJobRefs(
            @Nullable Repository repository,
            @Nullable String baseRef,
            @Nullable String baseSha,
            List<Pull> pulls) {
        static ProwJobRefs of(JsonNode spec) {
            JsonNode own = spec.path("refs");
            JsonNode main = own.isObject() ? own : spec.path("extra_refs").path(0);
            Repository repository =
                    new Repository(JsonValues.text(main.path("org")), JsonValues.text(main.path("repo")));
            return new ProwJobRefs(
                    RunUrl.isPlain(repository) ? repository : null,
                    JsonValues.textOrNull(main.path("base_ref")),
                    JsonValues.sha(JsonValues.text(main.path("base_sha"))),
                    pulls(own.path("pulls")));
        }

        private static List<Pull> pulls(JsonNode pulls) {
            List<Pull> read = new ArrayList<>();
            for (JsonNode pull : pulls) {
                JsonNode number = pull.path("number");
                if (number.isIntegralNumber() && number.canConvertToInt() && number.intValue() > 0) {
                    read.add(new Pull(
                            number.intValue(),
                            JsonValues.textOrNull(pull.path("author")),
                            JsonValues.sha(JsonValues.text(pull.path("sha")))));
                }
            }
            return read;
        }
    }
}
