// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Slack endpoint and token; the configuration has the channels. */
public final class SlackOptions {
    @Option(
            names = "--slack-endpoint",
            paramLabel = "URL",
            description = "Slack Web API, or a proxy for it (https://slack.com/api/).")
    public @Nullable URI endpoint;

    @Option(
            names = "--slack-token-file",
            paramLabel = "FILE",
            description = "File with the bot token of the Slack app; reloaded on change.")
    private @Nullable Path tokenFile;

    public @Nullable Path tokenFile() {
        return tokenFile;
    }

    public List<ConfigProblem> problems(Config settings) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (endpoint != null && !GitHubOptions.isHttp(endpoint)) {
            problems.add(ConfigProblem.ofFile(
                    "--slack-endpoint", endpoint + " is not an http or https URL", "use https://slack.com/api/"));
        }
        GitHubOptions.requireReadable("--slack-token-file", tokenFile, problems);
        if (tokenFile != null && settings.file().slack() == null) {
            problems.add(ConfigProblem.ofFile(
                    "--slack-token-file",
                    "is given, but the configuration has no Slack channel",
                    "add slack.channel to ci-notify.yaml, or remove the option"));
        }
        return problems;
    }
}
