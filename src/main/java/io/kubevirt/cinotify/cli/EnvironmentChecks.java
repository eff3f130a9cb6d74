// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.SchemaVersion;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at what serving needs of others, once the options are right: free ports, a database that answers. Found later, it
 * would be told in the words of the libraries, after it was said that webhooks are taken.
 */
final class EnvironmentChecks {

    private final ServeCommand serve;
    private final List<ConfigProblem> problems = new ArrayList<>();

    EnvironmentChecks(ServeCommand serve) {
        this.serve = serve;
    }

    List<ConfigProblem> problems() throws InvalidConfigException {
        port("--port", serve.port);
        port("--health-port", serve.healthPort);
        if (serve.store.databaseUrl == null) {
            SchemaVersion.rejectNewer(serve.store.dataDir);
        } else {
            database(DatabaseAddress.parse(serve.store.databaseUrl, serve.store.databasePasswordFile));
        }
        return problems;
    }

    private void port(String option, int port) {
        try (ServerSocket free = new ServerSocket(port)) {
            assert free.isBound();
        } catch (IOException e) {
            problems.add(ConfigProblem.ofFile(
                    option,
                    port + " cannot be listened at (" + e.getMessage() + ")",
                    "stop what uses it, or choose another"));
        }
    }

    private void database(DatabaseAddress address) {
        try {
            Database.postgresql(address).close();
        } catch (StoreUnavailable e) {
            problems.add(ConfigProblem.ofFile(
                    "--database-url",
                    "the database cannot be used (" + deepest(e) + ")",
                    "look at the PostgreSQL server, the network to it and the rights of its user"));
        }
    }

    /** One line, and what the server said rather than what was made of it. */
    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
