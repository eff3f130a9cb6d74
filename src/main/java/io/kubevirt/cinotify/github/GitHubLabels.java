// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Existing labels of repositories; missing ones are never created. */
public final class GitHubLabels {
    private static final Duration KNOWN = Duration.ofMinutes(10);
    private static final int MOST_REPOSITORIES = 100;

    private final GitHubApi api;
    private final GitHubIssues issues;
    private final Map<Repository, Listed> known = new ConcurrentHashMap<>();

    private record Listed(Set<String> names, Instant at) {}

    public GitHubLabels(GitHubApi api) {
        this.api = api;
        this.issues = new GitHubIssues(api);
    }

    /** The wanted labels that exist, as the repository writes them. */
    public List<String> existing(Repository repository, Set<String> wanted) throws GitHubException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Listed listed = known.get(repository);
        if (listed == null || listed.at().plus(KNOWN).isBefore(api.now())) {
            listed = new Listed(issues.labels(repository), api.now());
            if (known.size() >= MOST_REPOSITORIES) {
                known.clear();
            }
            known.put(repository, listed);
        }
        return listed.names().stream()
                .filter(name -> wanted.stream().anyMatch(name::equalsIgnoreCase))
                .sorted()
                .toList();
    }
}
