// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.source.webhook.HmacSecretAgent;
import io.kubevirt.cinotify.store.DataDirectoryLock;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at all that serving needs before anything is started, so that everything missing is told at once. */
final class StartupChecks {

    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> LOG_LEVELS = Set.of("error", "warn", "info", "debug", "trace");

    private final ServeCommand serve;
    private final List<ConfigProblem> problems = new ArrayList<>();

    StartupChecks(ServeCommand serve) {
        this.serve = serve;
    }

    List<ConfigProblem> problems() {
        port("--port", serve.port);
        port("--health-port", serve.healthPort);
        if (serve.port == serve.healthPort && serve.port != 0) {
            report("--health-port", "is the same as --port", "choose another");
        }
        serve.endpoints.stream()
                .filter(endpoint -> !endpoint.startsWith("/"))
                .forEach(endpoint ->
                        report("--endpoint", "\"" + endpoint + "\" does not begin with a slash", "write /" + endpoint));
        if (!LOG_LEVELS.contains(serve.logLevel.toLowerCase(java.util.Locale.ROOT))) {
            report("--log-level", "\"" + serve.logLevel + "\" is no level", "use error, warn, info, debug or trace");
        }
        problems.addAll(serve.sources.problems());
        problems.addAll(serve.artifacts.problems());
        problems.addAll(serve.store.problems());
        if (serve.store.isEmbedded()) {
            dataDir(serve.store.dataDir);
        }
        problems.addAll(serve.github.problems());
        if (serve.webhooksRequired()) {
            hmac(serve.hmacSecretFile);
        }
        try {
            problems.addAll(serve.slack.problems(serve.config.load()));
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
        }
        return problems;
    }

    private void hmac(Path file) {
        try {
            HmacSecretAgent.open(file, SystemClock.INSTANCE);
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
        }
    }

    private void port(String option, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            report(option, port + " is no port", "use 1 to " + HIGHEST_PORT);
        }
    }

    private void dataDir(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                report("--data-dir", folder + " cannot be written to", "mend its permissions, or name another folder");
                return;
            }
            DataDirectoryLock.acquire(folder).close();
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
        } catch (IOException e) {
            report("--data-dir", folder + " cannot be made", "mend what is in the way, or name another folder");
        }
    }

    private void report(String option, String problem, String mend) {
        problems.add(ConfigProblem.ofFile(option, problem, mend));
    }
}
