/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.notice.github.GitHubAccess;
import io.kubevirt.cinotify.notice.github.GitHubApi;
import io.kubevirt.cinotify.notice.github.GitHubChannel;
import io.kubevirt.cinotify.notice.github.GitHubVoice;
import io.kubevirt.cinotify.notice.template.TemplateSet;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GitHub, if the deployment says as whom it is to be asked. */
public final class OpenGitHub implements AutoCloseable {

    private final @Nullable GitHubApi api;
    private final @Nullable GitHubChannel channel;

    private OpenGitHub(@Nullable GitHubApi api, @Nullable GitHubChannel channel) {
        this.api = api;
        this.channel = channel;
    }

    /** Nobody is to be asked. */
    public static OpenGitHub none() {
        return new OpenGitHub(null, null);
    }

    /** Only to be asked; nothing is said there. */
    public static OpenGitHub asking(GitHubApi api) {
        return new OpenGitHub(api, null);
    }

    static OpenGitHub of(Deployment deployment, LiveSettings settings, InstantSource clock) {
        GitHubAccess.Identity identity = GitHubAccess.identity(
                deployment.githubAppId().orElse(null),
                deployment.githubAppPrivateKeyPath().orElse(null),
                deployment.githubTokenPath().orElse(null));
        if (identity == null) {
            return none();
        }
        GitHubApi api = new GitHubApi(new GitHubAccess(
                deployment.githubEndpoints().orElse(List.of()),
                identity,
                deployment.dryRun(),
                GitHubAccess.PATIENCE,
                clock));
        GitHubVoice voice =
                new GitHubVoice(() -> settings.get().templates().of(TemplateSet.GITHUB), () -> settings.get()
                        .messageViews());
        return new OpenGitHub(
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
