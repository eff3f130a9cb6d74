// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.StandaloneChannels;
import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.GitHubOptions;
import io.kubevirt.cinotify.cli.options.SlackOptions;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.outbox.TestNotification;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.OutboxEntries.OutboxEntry;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "test-notification",
        description =
                "Sends one message, marked as a test, as serve would, and reports what is visible. It is sent once, even if"
                        + " it fails.",
        mixinStandardHelpOptions = true)
final class TestNotificationCommand implements Callable<Integer> {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    @Parameters(
            paramLabel = "CHANNEL",
            description = "slack, github, jira, email, mattermost, pagerduty, teams, webhook or console.")
    String channel;

    @Option(
            names = "--destination",
            paramLabel = "NAME",
            description = "A channel of Slack, an issue as org/repo#number, an area of Jira, a webhook, an address,"
                    + " service of PagerDuty; default: that of the configuration.")
    @Nullable String destination;

    @Mixin
    ConfigOptions config;

    @Mixin
    GitHubOptions github;

    @Mixin
    SlackOptions slack;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        List<ConfigProblem> problems = new ArrayList<>(github.problems());
        problems.addAll(slack.problems(config.load()));
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        try (StandaloneChannels channels = StandaloneChannels.open(options())) {
            Channel chosen = channels.channels()
                    .byName(channel)
                    .orElseThrow(() -> problem(
                            channel + " is not open",
                            "use one of "
                                    + channels.channels().channels().stream()
                                            .map(Channel::name)
                                            .collect(Collectors.joining(", "))
                                    + "; a channel is open if the configuration has its block and its token is given"));
            String to = destination == null
                    ? chosen.defaultDestination()
                            .orElseThrow(() -> problem(channel + " has no default destination", "set --destination"))
                    : destination;
            if (channel.equals("slack")) {
                reportScopes(channels);
            }
            return send(chosen, to);
        }
    }

    private void reportScopes(StandaloneChannels channels) {
        try {
            List<String> missing = channels.missingSlackScopes();
            if (!missing.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("warning: the token of Slack lacks " + String.join(", ", missing)
                                + ": add them in OAuth & Permissions of the app, and reinstall the app");
            }
        } catch (SendException e) {
            spec.commandLine().getErr().println("warning: the scopes of the token are unknown: " + e.result());
        }
    }

    /** The store of the plugin is not touched: it may be running. */
    private int send(Channel chosen, String to) throws InvalidConfigException, IOException {
        Path folder = Files.createTempDirectory("ci-notify-test");
        try (Database database = Database.embedded(folder, BUSY_TIMEOUT)) {
            OutboxEntry entry = new TestNotification(database.store(), SystemClock.INSTANCE)
                    .send(chosen, to)
                    .orElseThrow(() -> problem(channel + " has no destination " + to, "see the configuration"));
            String where = channel + " " + to;
            boolean sent = entry.state().equals("sent");
            if (sent) {
                spec.commandLine().getOut().println("sent to " + where + ": it is visible as " + entry.reference());
            } else {
                spec.commandLine()
                        .getErr()
                        .println((entry.uncertainSince() == null ? "not sent to " : "may be visible in ") + where + ": "
                                + entry.problem());
            }
            return sent ? 0 : ErrorHandlers.PROBLEMS_FOUND;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Map<String, String> options() {
        Map<String, @Nullable Object> given = new HashMap<>();
        given.put("config-dir", config.directory);
        given.put("job-config-path", config.jobConfigPath);
        given.put("config-file", config.configFile);
        given.put("slack-endpoint", slack.endpoint);
        given.put("slack-token-file", slack.tokenFile());
        given.put("github-token-path", github.tokenPath);
        given.put("github-app-id", github.appId);
        given.put("github-app-private-key-path", github.appPrivateKeyPath);
        given.put("dry-run", "false");
        if (github.endpoints != null) {
            given.put(
                    "github-endpoints",
                    github.endpoints.stream().map(Object::toString).collect(Collectors.joining(",")));
        }
        Map<String, String> options = new HashMap<>();
        given.forEach((name, value) -> {
            if (value != null) {
                options.put(name, value.toString());
            }
        });
        return options;
    }

    private static InvalidConfigException problem(String problem, String hint) {
        return new InvalidConfigException(ConfigProblem.ofFile("test-notification", problem, hint));
    }
}
