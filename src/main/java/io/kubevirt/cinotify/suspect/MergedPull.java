// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pull request that was merged to a branch, or a commit without one. Title and author are untrusted; a long title is cut.
 *
 * @param commit the merge commit
 * @param number 0 for a commit without pull request
 * @param paths at most {@value #MAX_PATHS}; empty if unknown
 * @param allPaths whether paths are all of them
 * @param bumpClass the class of a bump; null otherwise
 */
public record MergedPull(
        String repository,
        String branch,
        String commit,
        int number,
        String title,
        String author,
        Instant mergedAt,
        List<String> paths,
        boolean allPaths,
        @Nullable String bumpClass) {
    /** GitHub reports no more files of a comparison. */
    public static final int MAX_PATHS = 300;

    private static final int MAX_TITLE = 300;

    public MergedPull {
        title = title.codePointCount(0, title.length()) <= MAX_TITLE
                ? title
                : title.substring(0, title.offsetByCodePoints(0, MAX_TITLE));
        paths = List.copyOf(paths);
    }

    /** Of a longer list the first ones are kept. */
    public MergedPull withPaths(List<String> changed, boolean all) {
        return new MergedPull(
                repository,
                branch,
                commit,
                number,
                title,
                author,
                mergedAt,
                changed.subList(0, Math.min(changed.size(), MAX_PATHS)),
                all && changed.size() < MAX_PATHS,
                bumpClass);
    }

    /** {@code org/repo#123}, or the short commit. */
    public String name() {
        return number > 0
                ? repository + "#" + number
                : repository + "@" + commit.substring(0, Math.min(commit.length(), 7));
    }
}
