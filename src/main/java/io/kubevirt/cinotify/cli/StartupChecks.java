// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.config.CompletenessCheck;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.source.webhook.HmacSecretAgent;
import io.kubevirt.cinotify.store.DataDirectoryLock;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks everything that {@code serve} needs before anything starts, so that all problems are reported at once: first the
 * options and the configuration, then free ports.
 */
final class StartupChecks {
    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> LOG_LEVELS = Set.of("error", "warn", "info", "debug", "trace");
    private final ServeCommand serve;
    private final List<ConfigProblem> problems = new ArrayList<>();

    StartupChecks(ServeCommand serve) {
        this.serve = serve;
    }

    /** The problems of options and configuration; if there are none, those of ports. */
    List<ConfigProblem> problems() {
        checkOptions();
        if (problems.isEmpty()) {
            checkEnvironment();
        }
        return problems;
    }

    private void checkOptions() {
        checkPort("--port", serve.port);
        checkPort("--health-port", serve.healthPort);
        if (serve.port == serve.healthPort && serve.port != 0) {
            report("--health-port", "is the same as --port", "choose another port");
        }
        serve.endpoints.stream()
                .filter(endpoint -> !endpoint.startsWith("/"))
                .forEach(endpoint ->
                        report("--endpoint", "\"" + endpoint + "\" does not begin with a slash", "write /" + endpoint));
        if (!LOG_LEVELS.contains(serve.logLevel.toLowerCase(Locale.ROOT))) {
            report("--log-level", "unknown level \"" + serve.logLevel + "\"", "use error, warn, info, debug or trace");
        }
        if (serve.board.port != null) {
            checkPort("--board-port", serve.board.port);
        }
        problems.addAll(serve.board.problems(List.of(serve.port, serve.healthPort)));
        problems.addAll(serve.sources.problems());
        problems.addAll(serve.artifacts.problems());
        problems.addAll(serve.store.problems());
        if (serve.store.isEmbedded()) {
            checkDataDirectory(serve.store.dataDir);
        }
        problems.addAll(serve.github.problems());
        if (serve.webhooksRequired()) {
            checkHmacSecret(serve.hmacSecretFile);
        }
        try {
            Config config = serve.config.load();
            problems.addAll(serve.slack.problems(config));
            problems.addAll(CompletenessCheck.placeholderMembers(config));
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
        }
    }

    private void checkHmacSecret(Path file) {
        try {
            HmacSecretAgent.open(file, SystemClock.INSTANCE);
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
        }
    }

    private void checkPort(String option, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            report(option, port + " is not a port", "use 1 to " + HIGHEST_PORT);
        }
    }

    private void checkDataDirectory(Path directory) {
        try {
            DataDirectoryLock.createDirectory(directory);
            if (!Files.isWritable(directory)) {
                report(
                        "--data-dir",
                        directory + " cannot be written to",
                        "correct its permissions, or use another directory");
                return;
            }
            DataDirectoryLock.acquire(directory).close();
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
        } catch (IOException e) {
            report("--data-dir", directory + " cannot be created", "use another directory");
        }
    }

    private void checkEnvironment() {
        checkPortIsFree("--port", serve.port);
        checkPortIsFree("--health-port", serve.healthPort);
        if (serve.board.port != null) {
            checkPortIsFree("--board-port", serve.board.port);
        }
    }

    private void checkPortIsFree(String option, int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            assert socket.isBound();
        } catch (IOException e) {
            report(
                    option,
                    "cannot listen on " + port + " (" + e.getMessage() + ")",
                    "stop the process that uses it, or choose another port");
        }
    }

    private void report(String option, String problem, String hint) {
        problems.add(ConfigProblem.ofFile(option, problem, hint));
    }
}
