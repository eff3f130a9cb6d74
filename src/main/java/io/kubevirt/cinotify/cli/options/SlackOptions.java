// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Slack endpoint and token; the configuration has the channels. */
public final class SlackOptions {

    @Option(
            names = "--slack-endpoint",
            paramLabel = "URL",
            description = "Slack Web API, or a proxy for it (https://slack.com/api/).")
    @Nullable
    public URI endpoint;

    @Option(
            names = "--slack-token-file",
            paramLabel = "FILE",
            description = "File with the bot token of the Slack app; reloaded on change.")
    @Nullable
    Path tokenFile;

    public List<ConfigProblem> problems(Config settings) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (endpoint != null && !isHttp(endpoint)) {
            problems.add(ConfigProblem.ofFile(
                    "--slack-endpoint", endpoint + " is not an http or https URL", "use https://slack.com/api/"));
        }
        if (tokenFile != null && !Files.isReadable(tokenFile)) {
            problems.add(ConfigProblem.ofFile(
                    "--slack-token-file",
                    tokenFile + " cannot be read",
                    "mount the secret there, or use another file"));
        }
        if (tokenFile != null && settings.file().slack() == null) {
            problems.add(ConfigProblem.ofFile(
                    "--slack-token-file",
                    "is given, but the configuration has no Slack channel",
                    "add slack.channel to ci-notify.yaml, or remove the option"));
        }
        return problems;
    }

    private static boolean isHttp(URI address) {
        return ("https".equals(address.getScheme()) || "http".equals(address.getScheme())) && address.getHost() != null;
    }

    /** The configuration properties of the server. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        if (endpoint != null) {
            properties.put("ci-notify.slack-endpoint", endpoint.toString());
        }
        if (tokenFile != null) {
            properties.put("ci-notify.slack-token-file", tokenFile.toString());
        }
        return properties;
    }
}
