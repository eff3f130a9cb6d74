// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The GitHub endpoints and credentials, with Prow's option names (prow-contract §4). */
public final class GitHubOptions {

    @Option(
            names = "--github-endpoint",
            paramLabel = "URL",
            description = "GitHub API endpoint; repeatable, tried in order (https://api.github.com).")
    @Nullable
    public List<URI> endpoints;

    @Option(
            names = "--github-token-path",
            paramLabel = "FILE",
            description = "File with the GitHub token; reloaded on change.")
    @Nullable
    public Path tokenPath;

    @Option(
            names = "--github-app-id",
            paramLabel = "ID",
            description = "Id of the GitHub App, instead of a token; changed by a restart.")
    @Nullable
    public String appId;

    @Option(
            names = "--github-app-private-key-path",
            paramLabel = "FILE",
            description = "File with the private key of the GitHub App; reloaded on change.")
    @Nullable
    public Path appPrivateKeyPath;

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
        file("--github-token-path", tokenPath, problems);
        file("--github-app-private-key-path", appPrivateKeyPath, problems);
        return problems;
    }

    private static void file(String option, @Nullable Path file, List<ConfigProblem> problems) {
        if (file != null && !Files.isReadable(file)) {
            problems.add(ConfigProblem.ofFile(
                    option, file + " cannot be read", "mount the secret there, or use another file"));
        }
    }

    private static boolean isHttp(URI endpoint) {
        return ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
                && endpoint.getHost() != null;
    }

    /** The configuration properties of the server. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        if (endpoints != null) {
            properties.put(
                    "ci-notify.github-endpoints",
                    endpoints.stream().map(URI::toString).collect(Collectors.joining(",")));
        }
        put(properties, "ci-notify.github-token-path", tokenPath);
        put(properties, "ci-notify.github-app-id", appId);
        put(properties, "ci-notify.github-app-private-key-path", appPrivateKeyPath);
        return properties;
    }

    private static void put(Map<String, String> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value.toString());
        }
    }
}
