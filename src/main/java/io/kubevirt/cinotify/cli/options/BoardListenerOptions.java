// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The board: web pages and an API. Nothing listens without a port. */
public final class BoardListenerOptions {
    @Option(
            names = "--board-port",
            paramLabel = "PORT",
            description =
                    "Port of the board: web pages and an API of what is open, who is on duty, and why. Default: no"
                            + " board.")
    public @Nullable Integer port;

    @Option(
            names = "--board-host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address on which the board listens (${DEFAULT-VALUE}); 0.0.0.0 for all, with --board-url.")
    public String host;

    @Option(
            names = "--board-url",
            paramLabel = "URL",
            description = "Address of the board for people, such as https://ci-notify.example.org; a path is kept.")
    public @Nullable URI url;

    @Option(
            names = "--board-user-header",
            paramLabel = "HEADER",
            description = "Header in which a proxy names the GitHub login, such as X-Forwarded-User; with"
                    + " --board-proxy-secret-file.")
    public @Nullable String userHeader;

    @Option(
            names = "--board-proxy-secret-file",
            paramLabel = "FILE",
            description = "File with the secret that the proxy sends as X-Board-Proxy; reloaded on change.")
    public @Nullable Path proxySecretFile;

    @Option(
            names = "--board-oauth-file",
            paramLabel = "FILE",
            description =
                    "YAML file with client_id and client_secret of the GitHub OAuth App with which people sign in; with"
                            + " --board-cookie-secret-file; reloaded on change.")
    public @Nullable Path oauthFile;

    @Option(
            names = "--board-cookie-secret-file",
            paramLabel = "FILE",
            description =
                    "File with the key that signs sessions, 32 characters or more; to rotate it, add a line before it;"
                            + " reloaded on change.")
    public @Nullable Path cookieSecretFile;

    @Option(
            names = "--board-embed-in",
            paramLabel = "URL",
            split = ",",
            description = "Site whose pages may show pages of the board with embed=1 in a frame, such as"
                    + " https://grafana.example.org; repeat for more.")
    public @Nullable List<URI> embedIn;

    /** @param taken the other ports */
    public List<ConfigProblem> problems(List<Integer> taken) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (port != null && port != 0 && taken.contains(port)) {
            problems.add(
                    ConfigProblem.ofFile("--board-port", "is the port of another listener", "choose another port"));
        }
        if (url != null && !isAddress(url)) {
            problems.add(ConfigProblem.ofFile(
                    "--board-url",
                    "is not an http or https URL of a host, at most with a port and a path",
                    "use https://ci-notify.example.org"));
        }
        for (URI site : embedIn == null ? List.<URI>of() : embedIn) {
            if (!isAddress(site) || !site.getPath().isEmpty()) {
                problems.add(ConfigProblem.ofFile(
                        "--board-embed-in",
                        "names what is not an http or https URL of a host, at most with a port",
                        "use https://grafana.example.org"));
            }
        }
        if (port != null && url == null && !host.equals("127.0.0.1") && !host.equals("localhost")) {
            problems.add(ConfigProblem.ofFile(
                    "--board-host",
                    host + " can be reached from elsewhere, but the board answers only to its own name",
                    "add --board-url with its address"));
        }
        if ((userHeader == null) != (proxySecretFile == null)) {
            problems.add(ConfigProblem.ofFile(
                    userHeader == null ? "--board-proxy-secret-file" : "--board-user-header",
                    "is given alone, so anybody could claim to be anybody, or nobody is named",
                    "give both --board-user-header and --board-proxy-secret-file, or neither"));
        }
        GitHubOptions.requireReadable("--board-proxy-secret-file", proxySecretFile, problems);
        checkGitHub(problems);
        return problems;
    }

    private void checkGitHub(List<ConfigProblem> problems) {
        if ((oauthFile == null) != (cookieSecretFile == null)) {
            problems.add(ConfigProblem.ofFile(
                    oauthFile == null ? "--board-cookie-secret-file" : "--board-oauth-file",
                    "is given alone, so nobody can sign in",
                    "give both --board-oauth-file and --board-cookie-secret-file, or neither"));
        }
        if (oauthFile != null && userHeader != null) {
            problems.add(ConfigProblem.ofFile(
                    "--board-oauth-file",
                    "is a second way to sign in beside --board-user-header",
                    "let people sign in with GitHub or through the proxy"));
        }
        if (oauthFile != null
                && url != null
                && isAddress(url)
                && !url.getScheme().equals("https")
                && !isLocal(url)) {
            problems.add(ConfigProblem.ofFile(
                    "--board-url", "is no https URL, and browsers keep sessions of such only", "use https"));
        }
        GitHubOptions.requireReadable("--board-oauth-file", oauthFile, problems);
        GitHubOptions.requireReadable("--board-cookie-secret-file", cookieSecretFile, problems);
    }

    private static boolean isLocal(URI url) {
        return List.of("localhost", "127.0.0.1").contains(url.getHost());
    }

    private static boolean isAddress(URI url) {
        return GitHubOptions.isHttp(url)
                && url.getQuery() == null
                && url.getFragment() == null
                && url.getUserInfo() == null;
    }
}
