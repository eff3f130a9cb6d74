// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the settings and Prow's job configuration are: the options that every command takes. */
public final class ConfigOptions {

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "config",
            description = "Folder with ci-notify.yaml (${DEFAULT-VALUE}).")
    public Path directory;

    @Option(
            names = "--job-config-path",
            paramLabel = "DIR",
            description = "Folder, or mounted ConfigMap, with Prow's job configuration.")
    @Nullable public Path jobConfigPath;

    /** @throws InvalidConfigException with everything that keeps them from being used */
    public Config load() throws InvalidConfigException {
        return new ConfigLoader(directory, jobConfigPath).load();
    }
}
