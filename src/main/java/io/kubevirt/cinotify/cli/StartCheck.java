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

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.intake.hook.HmacFile;
import io.kubevirt.cinotify.store.DataFolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at all that serving needs before anything is started, so that everything missing is told at once. */
final class StartCheck {

    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> LOG_LEVELS = Set.of("error", "warn", "info", "debug", "trace");

    private final ServeCommand serve;
    private final List<Problem> problems = new ArrayList<>();

    StartCheck(ServeCommand serve) {
        this.serve = serve;
    }

    List<Problem> problems() {
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
        problems.addAll(serve.doors.problems());
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
        } catch (InvalidDocument e) {
            problems.addAll(e.problems());
        }
        return problems;
    }

    private void hmac(Path file) {
        try {
            HmacFile.open(file, SystemClock.INSTANCE);
        } catch (InvalidDocument e) {
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
            DataFolderLock.take(folder).close();
        } catch (InvalidDocument e) {
            problems.addAll(e.problems());
        } catch (IOException e) {
            report("--data-dir", folder + " cannot be made", "mend what is in the way, or name another folder");
        }
    }

    private void report(String option, String problem, String mend) {
        problems.add(Problem.ofFile(option, problem, mend));
    }
}
