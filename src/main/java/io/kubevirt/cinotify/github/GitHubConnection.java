// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.app.ServeConfig;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.github.GitHubFormatter;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GitHub, if the deployment says as whom it is to be asked. */
public final class GitHubConnection implements AutoCloseable {

    private final @Nullable GitHubApi api;
    private final @Nullable GitHubChannel channel;

    private GitHubConnection(@Nullable GitHubApi api, @Nullable GitHubChannel channel) {
        this.api = api;
        this.channel = channel;
    }

    /** Nobody is to be asked. */
    public static GitHubConnection none() {
        return new GitHubConnection(null, null);
    }

    /** Only to be asked; nothing is said there. */
    public static GitHubConnection readOnly(GitHubApi api) {
        return new GitHubConnection(api, null);
    }

    public static GitHubConnection of(ServeConfig deployment, ConfigAgent settings, InstantSource clock) {
        GitHubClientOptions.Identity identity = GitHubClientOptions.identity(
                deployment.githubAppId().orElse(null),
                deployment.githubAppPrivateKeyPath().orElse(null),
                deployment.githubTokenPath().orElse(null));
        if (identity == null) {
            return none();
        }
        GitHubApi api = new GitHubApi(new GitHubClientOptions(
                deployment.githubEndpoints().orElse(List.of()),
                identity,
                deployment.dryRun(),
                GitHubClientOptions.TIMEOUT,
                clock));
        GitHubFormatter voice =
                new GitHubFormatter(() -> settings.get().templates().of(TemplateSet.GITHUB), () -> settings.get()
                        .messageViews());
        return new GitHubConnection(
                api, new GitHubChannel(api, voice, () -> settings.get().github()));
    }

    /** The way to its API. */
    public Optional<GitHubApi> api() {
        return Optional.ofNullable(api);
    }

    /** The channel. */
    public Optional<GitHubChannel> channel() {
        return Optional.ofNullable(channel);
    }

    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
    }
}
