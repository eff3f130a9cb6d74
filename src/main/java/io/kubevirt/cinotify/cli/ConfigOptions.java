/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.settings.SettingsLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the settings and Prow's job configuration are: the options that every command takes. */
final class ConfigOptions {

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "config",
            description = "Folder with ci-notify.yaml (${DEFAULT-VALUE}).")
    Path directory;

    @Option(
            names = "--job-config-path",
            paramLabel = "DIR",
            description = "Folder, or mounted ConfigMap, with Prow's job configuration.")
    @Nullable Path jobConfigPath;

    /** @throws InvalidDocument with everything that keeps them from being used */
    Settings load() throws InvalidDocument {
        return new SettingsLoader(directory, jobConfigPath).load();
    }
}
