// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.engine.Explainer;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.FailingTests;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains a failure of a job as if it were the first of its lane; the job configuration fills in the run. */
public final class JobExplanation {
    private JobExplanation() {}

    /** @param repository org/repo; null if the name is enough */
    public static Explainer.Explanation of(
            ReadContext context, @Nullable String job, @Nullable String repository, @Nullable Instant at)
            throws RequestProblem {
        if (job == null) {
            throw RequestProblem.badRequest("no job given", "add job=NAME");
        }
        return new Explainer(context.config(), at == null ? context.now() : at)
                .explain(run(context, job, repository), FailingTests.UNKNOWN, null);
    }

    private static JobRun run(ReadContext context, String name, @Nullable String repository) throws RequestProblem {
        Repository wanted = repository == null
                ? null
                : Repository.parse(repository)
                        .orElseThrow(() -> RequestProblem.badRequest(
                                "repo=" + RequestParameters.shown(repository) + " is not a repository",
                                "write it as org/repo"));
        List<Job> jobs = shown(context, name)
                .filter(job -> wanted == null || wanted.equals(job.repository()))
                .toList();
        if (jobs.isEmpty()) {
            throw RequestProblem.notFound(
                    "there is no job \"" + RequestParameters.shown(name) + "\" that you may see", hint(context, name));
        }
        List<String> repositories = jobs.stream()
                .flatMap(job -> Optional.ofNullable(job.repository()).stream())
                .map(Repository::fullName)
                .distinct()
                .toList();
        if (repositories.size() > 1) {
            throw RequestProblem.badRequest(
                    "several repositories have a job of this name",
                    "add repo=" + String.join(" or repo=", repositories));
        }
        return run(jobs.getFirst());
    }

    /** The jobs of a name that the reader may see. */
    private static Stream<Job> shown(ReadContext context, String name) {
        return context.config().jobs().named(name).stream().filter(job -> context.mayShow(run(job)));
    }

    private static String hint(ReadContext context, String name) {
        List<String> names =
                context.config().jobs().all().stream().map(Job::name).distinct().toList();
        return ClosestMatch.several(name, names).stream()
                .filter(near -> shown(context, near).findAny().isPresent())
                .findFirst()
                .map(near -> "did you mean " + near + "?")
                .orElse("check its name");
    }

    private static JobRun run(Job job) {
        return JobRun.builder(job.name(), job.type(), JobState.FAILURE)
                .repository(job.repository())
                .build();
    }
}
