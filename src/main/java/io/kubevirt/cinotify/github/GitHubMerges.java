// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.List;

/** What was merged to a repository. */
public final class GitHubMerges {
    /** GitHub's largest page: a pull request with so many files may have more. */
    public static final int PAGE = 100;

    private final GitHubApi api;

    public GitHubMerges(GitHubApi api) {
        this.api = api;
    }

    /** The comparison of two commits, as {@code a...b}: up to 250 commits and 300 files, in one call. */
    public JsonNode between(Repository repository, String commits) throws GitHubException {
        return api.get(repository.org(), GitHubRequest.path(repository) + "/compare/" + commits);
    }

    /** The paths that a pull request changes, at most a page. */
    public List<String> paths(Repository repository, int number) throws GitHubException {
        List<String> paths = new ArrayList<>();
        api.get(repository.org(), GitHubRequest.path(repository) + "/pulls/" + number + "/files?per_page=" + PAGE)
                .forEach(file -> paths.add(file.path("filename").asText()));
        return paths;
    }
}
