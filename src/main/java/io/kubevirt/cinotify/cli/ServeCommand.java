// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.AppProducers;
import io.kubevirt.cinotify.cli.options.ArtifactOptions;
import io.kubevirt.cinotify.cli.options.BoardListenerOptions;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.GitHubOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.SlackOptions;
import io.kubevirt.cinotify.cli.options.SourceOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.store.DataDirectoryLock;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "serve",
        description = "Runs the plugin. Each option is also an environment variable: --data-dir is CI_NOTIFY_DATA_DIR.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final String DEFAULT_HMAC = "/etc/webhook/hmac";
    /** The configuration property of an option has its name, except for these. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "config", "config-dir", "endpoint", "endpoints", "github-endpoint", "github-endpoints", "deck", "decks");

    @Mixin
    ConfigOptions config;

    @Option(names = "--port", defaultValue = "9900", description = "Port of the webhooks (${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--health-port",
            defaultValue = "8081",
            description = "Port of health and metrics (${DEFAULT-VALUE}).")
    int healthPort;

    @Option(
            names = "--endpoint",
            split = ",",
            defaultValue = "/",
            description = "Accepted as other plugins do; webhooks are received at every path.")
    List<String> endpoints;

    @Option(
            names = "--hmac-secret-file",
            defaultValue = DEFAULT_HMAC,
            description =
                    "File with the webhook HMAC secret or secrets, the same as of hook (${DEFAULT-VALUE}); optional"
                            + " with --deck or --prowjob-namespace.")
    Path hmacSecretFile;

    @Option(
            names = "--dry-run",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Print notifications instead of sending them (${DEFAULT-VALUE}).")
    boolean dryRun;

    @Mixin
    StoreOptions store;

    @Option(
            names = "--log-level",
            defaultValue = "info",
            description = "error, warn, info, debug or trace (${DEFAULT-VALUE}).")
    String logLevel;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "text, or json for one JSON object a line as Prow logs. Default: text on a terminal, json"
                    + " elsewhere.")
    OutputOptions.@Nullable Format logFormat;

    @Option(
            names = "--grace-period",
            defaultValue = "20s",
            converter = GoDurationConverter.class,
            description = "How long the shutdown may take after SIGTERM; some 10s less than that of the pod"
                    + " (${DEFAULT-VALUE}).")
    Duration gracePeriod;

    @Mixin
    SourceOptions sources;

    @Mixin
    GitHubOptions github;

    @Mixin
    SlackOptions slack;

    @Mixin
    ArtifactOptions artifacts;

    @Mixin
    BoardListenerOptions board;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        List<ConfigProblem> problems = new StartupChecks(this).problems();
        if (!problems.isEmpty()) {
            problems.forEach(spec.commandLine().getErr()::println);
            return ErrorHandlers.PROBLEMS_FOUND;
        }
        properties().forEach(System::setProperty);
        run();
        return 0;
    }

    private void run() throws InvalidConfigException, IOException {
        if (store.isEmbedded()) {
            try (DataDirectoryLock lock = DataDirectoryLock.acquire(store.dataDir)) {
                serve();
            }
        } else {
            serve();
        }
    }

    /** Opens the store first: a store that cannot be used is one sentence here, and many stack traces in a framework. */
    private void serve() throws InvalidConfigException {
        AppProducers.useDatabase(store.open());
        Quarkus.run();
    }

    /** The secret is optional only where another event source is configured and no file is given. */
    boolean webhooksRequired() {
        return !sources.anyConfigured() || Path.of(DEFAULT_HMAC).compareTo(hmacSecretFile) != 0;
    }

    private boolean isJson() {
        return logFormat == null ? !Ansi.AUTO.enabled() : logFormat == OutputOptions.Format.JSON;
    }

    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        for (OptionSpec option : spec.options()) {
            String name = option.longestName().substring(2);
            Object value = option.getValue();
            if (value != null && !option.usageHelp() && !option.versionHelp()) {
                properties.put(
                        "ci-notify." + PROPERTIES.getOrDefault(name, name),
                        value instanceof List<?> list
                                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                                : value.toString());
            }
        }
        properties.put("ci-notify.webhooks-required", Boolean.toString(webhooksRequired()));
        properties.put("ci-notify.log-format", isJson() ? "json" : "text");
        properties.put("ci-notify.log-level", logLevel.toUpperCase(java.util.Locale.ROOT));
        return properties;
    }

    /** Durations as Prow writes them: {@code 45s}, {@code 1m30s}. */
    static final class GoDurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return GoDuration.parse(text)
                    .filter(duration -> !duration.isNegative())
                    .orElseThrow(
                            () -> new TypeConversionException("\"" + text + "\" is not a duration; write it as 45s"));
        }
    }
}
