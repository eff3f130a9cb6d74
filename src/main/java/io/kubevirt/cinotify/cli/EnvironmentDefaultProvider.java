// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of {@code serve} is also an environment variable: {@code --data-dir} is CI_NOTIFY_DATA_DIR. Of the other
 * commands only {@code --config} is.
 */
record EnvironmentDefaultProvider(Map<String, String> environment) implements IDefaultValueProvider {
    /** Kubernetes sets CI_NOTIFY_PORT=tcp://10.0.0.1:9900 for a Service named ci-notify: ignore it. */
    private static final String SERVICE_LINK = "tcp://";

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (argument instanceof OptionSpec option
                && (option.longestName().equals("--config")
                        || argument.command().userObject() instanceof ServeCommand)) {
            String value = environment.get(variable(option.longestName()));
            return value == null || value.startsWith(SERVICE_LINK) ? null : value;
        }
        return null;
    }

    static String variable(String option) {
        return "CI_NOTIFY_" + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
