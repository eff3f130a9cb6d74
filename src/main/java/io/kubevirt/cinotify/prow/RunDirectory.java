// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.List;
import java.util.Optional;

/**
 * The directories that runs have in a bucket (prow-contract §8). Prow's {@code job_url_template} writes others for
 * undecorated postsubmits and batches, with the repository in them; those are read too.
 */
final class RunDirectory {

    private static final List<String> LOGS = List.of("logs");
    private static final List<String> PULLS = List.of("pr-logs", "pull");
    private static final List<String> BATCHES = List.of("pr-logs", "pull", "batch");

    private RunDirectory() {}

    /**
     * The run of a directory; empty for a directory that is not a run's.
     *
     * @param segments at least two plain names, of which the last is a build id
     */
    static Optional<RunUrl> read(String bucket, List<String> segments) {
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
            return repository(above.get(1))
                    .map(repository -> new RunUrl(bucket, JobType.POSTSUBMIT, repository, null, job, build));
        }
        if (above.size() != 4 || !above.subList(0, 2).equals(PULLS)) {
            return Optional.empty();
        }
        String pull = above.getLast();
        boolean batch = pull.equals("batch");
        return repository(above.get(2))
                .filter(repository -> batch || PathName.isPull(pull))
                .map(repository -> batch
                        ? new RunUrl(bucket, JobType.BATCH, repository, null, job, build)
                        : new RunUrl(bucket, JobType.PRESUBMIT, repository, Integer.valueOf(pull), job, build));
    }

    private static Optional<Repository> repository(String joined) {
        int underscore = joined.indexOf('_');
        return underscore > 0 && PathName.isValid(joined.substring(underscore + 1))
                ? Optional.of(new Repository(joined.substring(0, underscore), joined.substring(underscore + 1)))
                : Optional.empty();
    }
}
