// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubIssues;
import io.kubevirt.cinotify.github.GitHubLabels;
import io.kubevirt.cinotify.github.GitHubPullRequests;
import io.kubevirt.cinotify.github.GitHubUsers;

/** The parts of the GitHub API that the comment code uses. */
public record GitHubClient(
        GitHubUsers users, GitHubPullRequests pullRequests, GitHubIssues issues, GitHubLabels labels) {

    public static GitHubClient of(GitHubApi api) {
        return new GitHubClient(
                new GitHubUsers(api), new GitHubPullRequests(api), new GitHubIssues(api), new GitHubLabels(api));
    }
}
