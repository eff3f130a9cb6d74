// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.config.CalendarFiles;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.CalendarFetcher;
import io.kubevirt.cinotify.roster.CalendarConfig;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
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
     * With the calendars on the network as they are now; what cannot be read decides nothing.
     *
     * @param problems takes what cannot be read
     */
    public Config loadWithCalendars(InstantSource clock, Consumer<String> problems) throws InvalidConfigException {
        Config config = load();
        if (config.file().roster().calendars().stream().noneMatch(CalendarConfig::isRemote)) {
            return config;
        }
        try {
            Path copies = Files.createTempDirectory("ci-notify");
            try (CalendarFetcher fetcher = new CalendarFetcher(copies, clock)) {
                fetcher.fetch(config).forEach(problems);
                return new ConfigLoader(directory, jobConfigPath, configFile)
                        .withCalendars(copies)
                        .load();
            } finally {
                for (CalendarConfig calendar : config.file().roster().calendars()) {
                    Files.deleteIfExists(CalendarFiles.copy(copies, calendar));
                }
                Files.delete(copies);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
