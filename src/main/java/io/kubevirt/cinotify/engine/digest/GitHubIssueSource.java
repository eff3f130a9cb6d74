// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import io.kubevirt.cinotify.digest.OpenIssue;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubIssues;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.List;

/** Reads the open issues from GitHub. */
public final class GitHubIssueSource implements DigestFactory.IssueSource {

    private final GitHubIssues github;

    public GitHubIssueSource(GitHubApi api) {
        this.github = new GitHubIssues(api);
    }

    @Override
    public List<OpenIssue> of(List<Repository> repositories) throws GitHubException {
        List<OpenIssue> issues = new ArrayList<>();
        for (Repository repository : repositories) {
            github.openIssues(repository)
                    .forEach(issue -> OpenIssue.read(repository, issue).ifPresent(issues::add));
        }
        return issues;
    }
}
