// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The directories of the configuration and of Prow's job configuration. */
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

    /** @throws InvalidConfigException with all problems of the configuration */
    public Config load() throws InvalidConfigException {
        return new ConfigLoader(directory, jobConfigPath).load();
    }
}
