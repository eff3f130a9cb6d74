// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.RosterFetcher;
import io.kubevirt.cinotify.engine.UnreadSource;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The configuration, and Prow's own. */
public final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "config",
            description = "Directory with ci-notify.yaml (${DEFAULT-VALUE}).")
    public Path directory;

    @Option(
            names = "--job-config-path",
            paramLabel = "DIR",
            description = "Directory, or mounted ConfigMap, with Prow's job configuration.")
    public @Nullable Path jobConfigPath;

    @Option(
            names = "--config-file",
            paramLabel = "FILE",
            description = "Prow's config.yaml, or a mounted ConfigMap with it: URLs and buckets of runs, presets.")
    public @Nullable Path configFile;

    /** @throws InvalidConfigException with all problems of the configuration */
    public Config load() throws InvalidConfigException {
        return new ConfigLoader(directory, jobConfigPath, configFile).load();
    }

    /**
     * With the calendars, teams and aliases on the network as they are now; what cannot be read decides nothing.
     *
     * @param problems takes what cannot be read
     */
    public Config loadWithRoster(GitHubOptions github, InstantSource clock, Consumer<UnreadSource> problems)
            throws InvalidConfigException {
        Config config = load();
        if (!config.file().roster().isRemote()) {
            return config;
        }
        try {
            Path copies = Files.createTempDirectory("ci-notify");
            try (GitHubConnection connection = github.connection(config);
                    RosterFetcher fetcher = new RosterFetcher(copies, connection, clock)) {
                fetcher.fetch(config).forEach(problems);
                return new ConfigLoader(directory, jobConfigPath, configFile)
                        .withCalendars(copies)
                        .load();
            } finally {
                try (Stream<Path> files = Files.list(copies)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(copies);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
