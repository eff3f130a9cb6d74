// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the page and the artifacts of a run lie (prow-contract §8). Every part is a plain name: nothing in it needs
 * escaping or leads to another directory.
 *
 * @param bucket the storage bucket
 * @param type what the path tells: presubmit, batch, or null for {@code logs/}, which postsubmits and periodics share
 * @param repository the tested repository, where the path names it
 * @param pull the pull request, for a presubmit
 * @param job the job's name
 * @param buildId the number of the run, digits
 */
public record RunUrl(
        String bucket,
        @Nullable JobType type,
        @Nullable Repository repository,
        @Nullable Integer pull,
        String job,
        String buildId) {

    /** @throws IllegalArgumentException if a part is not a plain name or a presubmit lacks its pull request */
    public RunUrl {
        boolean names = PathName.isValid(bucket) && PathName.isValid(job) && PathName.isBuild(buildId);
        boolean repositoryNames = repository == null || isPlain(repository);
        boolean complete = type != JobType.PRESUBMIT || repository != null && pull != null && pull > 0;
        if (!names || !repositoryNames || !complete) {
            throw new IllegalArgumentException("not an address of a run: " + job + " " + buildId);
        }
    }

    /**
     * The address of a run; empty where the run has no build yet, or a part of it is not a plain name.
     *
     * @param bucket where its artifacts lie
     */
    public static Optional<RunUrl> of(String bucket, JobRun run) {
        Integer pull = run.type() == JobType.PRESUBMIT && run.pulls().size() == 1
                ? run.pulls().getFirst().number()
                : null;
        if (run.buildId() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunUrl(bucket, run.type(), run.repository(), pull, run.job(), run.buildId()));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The directory of its artifacts within the bucket, without slashes at its ends. */
    public String directory() {
        String run = job + "/" + buildId;
        return switch (type) {
            case PRESUBMIT -> "pr-logs/pull/" + joined(repository) + "/" + pull + "/" + run;
            case BATCH -> "pr-logs/pull/batch/" + run;
            case POSTSUBMIT, PERIODIC -> "logs/" + run;
            case null -> "logs/" + run;
        };
    }

    /**
     * Its page on a deck.
     *
     * @param origin scheme and host of the deck, without a slash at the end
     */
    public String page(String origin) {
        return origin + "/view/gs/" + bucket + "/" + directory();
    }

    private static String joined(@Nullable Repository repository) {
        return repository == null ? "" : repository.org() + "_" + repository.name();
    }

    /** Whether both parts of its name are such as addresses of runs have. */
    static boolean isPlain(Repository repository) {
        return isOrganisation(repository.org()) && PathName.isValid(repository.name());
    }

    /** GitHub allows no underscore in them, which is why a directory can be split at the first one. */
    static boolean isOrganisation(String org) {
        return PathName.isValid(org) && org.indexOf('_') < 0;
    }
}
