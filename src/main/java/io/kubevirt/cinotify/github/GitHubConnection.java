// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Access to the GitHub API; empty if the deployment configures no credentials. */
public final class GitHubConnection implements AutoCloseable {
    private final @Nullable GitHubApi api;

    private GitHubConnection(@Nullable GitHubApi api) {
        this.api = api;
    }

    /** No credentials are configured. */
    public static GitHubConnection none() {
        return new GitHubConnection(null);
    }

    public static GitHubConnection of(GitHubApi api) {
        return new GitHubConnection(api);
    }

    public Optional<GitHubApi> api() {
        return Optional.ofNullable(api);
    }

    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
    }
}
