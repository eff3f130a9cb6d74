// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The location of the page and the artifacts of a run (prow-contract §8). Every part is a {@link PathName}: nothing
 * needs escaping or leads to another directory. The type is null for {@code logs/}, which postsubmits and periodics
 * share.
 */
public record RunUrl(
        String bucket,
        @Nullable JobType type,
        @Nullable Repository repository,
        @Nullable Integer pull,
        String job,
        String buildId) {
    private static final List<String> LOGS = List.of("logs");
    private static final List<String> PULLS = List.of("pr-logs", "pull");
    private static final List<String> BATCHES = List.of("pr-logs", "pull", "batch");

    /** @throws IllegalArgumentException if a part is not a valid name or a presubmit lacks its pull request */
    public RunUrl {
        boolean names = PathName.isValid(bucket) && PathName.isValid(job) && PathName.isBuild(buildId);
        boolean repositoryNames = repository == null || isPlain(repository);
        boolean complete = type != JobType.PRESUBMIT || repository != null && pull != null && pull > 0;
        if (!names || !repositoryNames || !complete) {
            throw new IllegalArgumentException("not the URL of a run: " + job + " " + buildId);
        }
    }

    /** The URL of a run; empty if the run has no build id yet, or a part is not a valid name. */
    public static Optional<RunUrl> of(String bucket, JobRun run) {
        Integer pull = run.type() == JobType.PRESUBMIT && run.pulls().size() == 1
                ? run.pulls().getFirst().number()
                : null;
        if (run.buildId() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunUrl(bucket, run.type(), run.repository(), pull, run.job(), run.buildId()));
        } catch (IllegalArgumentException notAUrl) {
            return Optional.empty();
        }
    }

    /** The directory of its artifacts in the bucket, without leading and trailing slash. */
    public String directory() {
        String run = job + "/" + buildId;
        return switch (type) {
            case PRESUBMIT -> "pr-logs/pull/" + joined(repository) + "/" + pull + "/" + run;
            case BATCH -> "pr-logs/pull/batch/" + run;
            case POSTSUBMIT, PERIODIC -> "logs/" + run;
            case null -> "logs/" + run;
        };
    }

    /** Its page on Deck, whose origin has no trailing slash. */
    public String page(String origin) {
        return origin + "/view/gs/" + bucket + "/" + directory();
    }

    private static String joined(@Nullable Repository repository) {
        return repository == null ? "" : repository.org() + "_" + repository.name();
    }

    /** Whether both parts of the name may occur in the URL of a run. */
    static boolean isPlain(Repository repository) {
        return isOrganization(repository.org()) && PathName.isValid(repository.name());
    }

    /** GitHub allows no underscore in organizations, so a directory can be split at the first one. */
    static boolean isOrganization(String org) {
        return PathName.isValid(org) && org.indexOf('_') < 0;
    }

    /**
     * Parses the directory of a run in a bucket (prow-contract §8); empty for any other directory. Prow's {@code
     * job_url_template} writes directories with the repository in them for undecorated postsubmits and batches; those
     * are accepted, too.
     *
     * @param segments at least two valid names, the last one a build id
     */
    static Optional<RunUrl> ofDirectory(String bucket, List<String> segments) {
        List<String> above = segments.subList(0, segments.size() - 2);
        String job = segments.get(segments.size() - 2);
        String build = segments.getLast();
        if (above.equals(LOGS)) {
            return Optional.of(new RunUrl(bucket, null, null, null, job, build));
        }
        if (above.equals(BATCHES)) {
            return Optional.of(new RunUrl(bucket, JobType.BATCH, null, null, job, build));
        }
        if (above.size() == 2 && above.subList(0, 1).equals(LOGS)) {
            return splitRepository(above.get(1))
                    .map(repository -> new RunUrl(bucket, JobType.POSTSUBMIT, repository, null, job, build));
        }
        if (above.size() != 4 || !above.subList(0, 2).equals(PULLS)) {
            return Optional.empty();
        }
        String pull = above.getLast();
        boolean batch = pull.equals("batch");
        return splitRepository(above.get(2))
                .filter(repository -> batch || PathName.isPull(pull))
                .map(repository -> batch
                        ? new RunUrl(bucket, JobType.BATCH, repository, null, job, build)
                        : new RunUrl(bucket, JobType.PRESUBMIT, repository, Integer.valueOf(pull), job, build));
    }

    private static Optional<Repository> splitRepository(String joined) {
        int underscore = joined.indexOf('_');
        return underscore > 0 && PathName.isValid(joined.substring(underscore + 1))
                ? Optional.of(new Repository(joined.substring(0, underscore), joined.substring(underscore + 1)))
                : Optional.empty();
    }
}
