// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The GitHub endpoints and credentials, with Prow's option names (prow-contract §4). */
public final class GitHubOptions {
    @Option(
            names = "--github-endpoint",
            paramLabel = "URL",
            description =
                    "GitHub API endpoint, such as ghproxy; repeatable, tried in order (the API of github.com, or of prow.github).")
    public @Nullable List<URI> endpoints;

    @Option(
            names = "--github-token-path",
            paramLabel = "FILE",
            description = "File with the GitHub token; reloaded on change.")
    public @Nullable Path tokenPath;

    @Option(
            names = "--github-app-id",
            paramLabel = "ID",
            description = "Id of the GitHub App, instead of a token; changed by a restart.")
    public @Nullable String appId;

    @Option(
            names = "--github-app-private-key-path",
            paramLabel = "FILE",
            description = "File with the private key of the GitHub App; reloaded on change.")
    public @Nullable Path appPrivateKeyPath;

    public List<ConfigProblem> problems() {
        List<ConfigProblem> problems = new ArrayList<>();
        if (endpoints != null) {
            endpoints.stream()
                    .filter(endpoint -> !isHttp(endpoint))
                    .forEach(endpoint -> problems.add(ConfigProblem.ofFile(
                            "--github-endpoint",
                            endpoint + " is not an http or https URL",
                            "use https://api.github.com")));
        }
        if ((appId == null) != (appPrivateKeyPath == null)) {
            problems.add(ConfigProblem.ofFile(
                    appId == null ? "--github-app-id" : "--github-app-private-key-path",
                    "is missing; an App needs an id and a key",
                    "give both, or neither"));
        }
        if (appId != null
                && !appId.chars().allMatch(character -> Character.isLetterOrDigit(character) || character == '.')) {
            problems.add(ConfigProblem.ofFile(
                    "--github-app-id", "is not an App id", "use the number or the client id of the App"));
        }
        requireReadable("--github-token-path", tokenPath, problems);
        requireReadable("--github-app-private-key-path", appPrivateKeyPath, problems);
        return problems;
    }

    /** Only for reading; none without credentials. */
    public GitHubConnection connection(Config config) {
        GitHubClientOptions.Identity identity = GitHubClientOptions.identity(appId, appPrivateKeyPath, tokenPath);
        return identity == null
                ? GitHubConnection.none()
                : GitHubConnection.of(new GitHubApi(new GitHubClientOptions(
                        config.file().prow().gitHubServer(),
                        endpoints == null ? List.of() : endpoints,
                        identity,
                        true,
                        GitHubClientOptions.TIMEOUT,
                        SystemClock.INSTANCE)));
    }

    static void requireReadable(String option, @Nullable Path file, List<ConfigProblem> problems) {
        if (file != null && !Files.isReadable(file)) {
            problems.add(ConfigProblem.ofFile(
                    option, file + " cannot be read", "mount the secret there, or use another file"));
        }
    }

    static boolean isHttp(URI endpoint) {
        return ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
                && endpoint.getHost() != null;
    }
}
