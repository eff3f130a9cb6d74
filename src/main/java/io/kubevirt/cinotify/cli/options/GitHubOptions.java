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

/** How GitHub is reached, and as whom; in Prow's names (prow-contract §4). */
public final class GitHubOptions {

    @Option(
            names = "--github-endpoint",
            paramLabel = "URL",
            description = "GitHub's API; repeatable, tried in order (https://api.github.com).")
    @Nullable public List<URI> endpoints;

    @Option(
            names = "--github-token-path",
            paramLabel = "FILE",
            description = "File with GitHub's token; a new one in it counts at once.")
    @Nullable public Path tokenPath;

    @Option(
            names = "--github-app-id",
            paramLabel = "ID",
            description = "Id of the GitHub App, instead of a token; another one counts from the next start.")
    @Nullable public String appId;

    @Option(
            names = "--github-app-private-key-path",
            paramLabel = "FILE",
            description = "File with the GitHub App's private key; a new one in it counts at once.")
    @Nullable public Path appPrivateKeyPath;

    public List<ConfigProblem> problems() {
        List<ConfigProblem> problems = new ArrayList<>();
        if (endpoints != null) {
            endpoints.stream()
                    .filter(endpoint -> !isWeb(endpoint))
                    .forEach(endpoint -> problems.add(ConfigProblem.ofFile(
                            "--github-endpoint",
                            endpoint + " is no address of the web",
                            "write https://api.github.com")));
        }
        if ((appId == null) != (appPrivateKeyPath == null)) {
            problems.add(ConfigProblem.ofFile(
                    appId == null ? "--github-app-id" : "--github-app-private-key-path",
                    "is missing, but an App has an id and a key",
                    "give both, or neither"));
        }
        if (appId != null && !appId.chars().allMatch(letter -> Character.isLetterOrDigit(letter) || letter == '.')) {
            problems.add(ConfigProblem.ofFile("--github-app-id", "is no id", "write the App's number or client id"));
        }
        file("--github-token-path", tokenPath, problems);
        file("--github-app-private-key-path", appPrivateKeyPath, problems);
        return problems;
    }

    private static void file(String option, @Nullable Path file, List<ConfigProblem> problems) {
        if (file != null && !Files.isReadable(file)) {
            problems.add(ConfigProblem.ofFile(
                    option, file + " cannot be read", "mount the secret there, or name another file"));
        }
    }

    private static boolean isWeb(URI endpoint) {
        return ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
                && endpoint.getHost() != null;
    }

    /** What the server reads. */
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
