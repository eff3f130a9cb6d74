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

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of {@code serve} is also an environment variable: {@code --data-dir} is CI_NOTIFY_DATA_DIR. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    /** Kubernetes tells each pod of a Service called ci-notify by CI_NOTIFY_PORT=tcp://10.0.0.1:9900: that is no port to listen at. */
    private static final String SERVICE_LINK = "tcp://";

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (argument instanceof OptionSpec option && argument.command().userObject() instanceof ServeCommand) {
            String value = environment.get(variable(option.longestName()));
            return value == null || value.startsWith(SERVICE_LINK) ? null : value;
        }
        return null;
    }

    static String variable(String option) {
        return "CI_NOTIFY_" + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
