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

/** How Slack is reached, and as which app; which channel hears of what is in the settings. */
public final class SlackOptions {

    @Option(
            names = "--slack-endpoint",
            paramLabel = "URL",
            description = "Slack's Web API, or a proxy for it (https://slack.com/api/).")
    @Nullable
    public URI endpoint;

    @Option(
            names = "--slack-token-file",
            paramLabel = "FILE",
            description = "File with the bot token of Slack's app; a new one in it counts at once.")
    @Nullable
    Path tokenFile;

    public List<ConfigProblem> problems(Config settings) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (endpoint != null && !isWeb(endpoint)) {
            problems.add(ConfigProblem.ofFile(
                    "--slack-endpoint", endpoint + " is no address of the web", "write https://slack.com/api/"));
        }
        if (tokenFile != null && !Files.isReadable(tokenFile)) {
            problems.add(ConfigProblem.ofFile(
                    "--slack-token-file",
                    tokenFile + " cannot be read",
                    "mount the secret there, or name another file"));
        }
        if (tokenFile != null && settings.file().slack() == null) {
            problems.add(ConfigProblem.ofFile(
                    "--slack-token-file",
                    "is given, but the settings do not say which channel hears of what",
                    "add a section slack with a channel, or leave the option out"));
        }
        return problems;
    }

    private static boolean isWeb(URI address) {
        return ("https".equals(address.getScheme()) || "http".equals(address.getScheme())) && address.getHost() != null;
    }

    /** What the server reads. */
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
