// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the URL of the page of a run says about it. The job and the repository's organization need no escaping, and the
 * directory leads nowhere else.
 *
 * @param directory null if the URL does not have it: {@code /view/prowjob/} and {@code pr-logs/directory}
 * @param type null for {@code logs/}, which postsubmits and periodics share, and if the URL does not have it
 * @param repository the best reading; null if the URL does not have it
 */
public record RunUrl(
        @Nullable RunDirectory directory,
        @Nullable JobType type,
        @Nullable Repository repository,
        RepositoryReading reading,
        @Nullable Integer pull,
        String job,
        String buildId) {
    /** How the repository was read. */
    public enum RepositoryReading {
        /** The URL has it. */
        EXACT,
        /** The URL has a part of it, or nothing; the rest is the default of the path strategy. */
        DEFAULT,
        /** The URL may mean another one, too: names of Gerrit, or with underscores in the path strategy legacy. */
        AMBIGUOUS,
        /** Only the ProwJob has it. */
        ABSENT
    }

    /** @throws IllegalArgumentException if a part is not a valid name */
    public RunUrl {
        boolean names = PathName.isValid(job) && PathName.isBuild(buildId);
        boolean repositoryNames = repository == null || isOrganization(repository.org());
        if (!names || !repositoryNames || pull != null && pull <= 0) {
            throw new IllegalArgumentException("not the URL of a run: " + job + " " + buildId);
        }
    }

    /** The part of the directory of a presubmit that names the repository; empty if there is none. */
    Optional<String> owner() {
        if (directory == null || type != JobType.PRESUBMIT) {
            return Optional.empty();
        }
        var parts = Bucket.segments(directory.path());
        int number = parts.size() - 3;
        boolean none = parts.get(number - 1).equals("pull")
                && parts.get(number - 2).equals("pr-logs")
                && reading != RepositoryReading.EXACT;
        return Optional.of(none ? "" : parts.get(number - 1));
    }

    /** Whether both parts of the name may occur in the URL of a run on GitHub. */
    static boolean isPlain(Repository repository) {
        return isOrganization(repository.org()) && PathName.isValid(repository.name());
    }

    /** GitHub allows no underscore in organizations, so a directory can be split at the first one. */
    static boolean isOrganization(String org) {
        return PathName.isValid(org) && org.indexOf('_') < 0;
    }
}
