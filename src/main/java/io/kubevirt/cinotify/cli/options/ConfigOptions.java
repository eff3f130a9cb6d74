// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
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
}
