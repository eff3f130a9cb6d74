// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.ReadOnlyStore;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreClient;
import io.kubevirt.cinotify.store.StoreLocation;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The store: the embedded SQLite database in a data directory, or a PostgreSQL database that replicas share. */
public final class StoreOptions {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data directory of the embedded SQLite store (${DEFAULT-VALUE}).")
    public Path dataDir;

    @Option(
            names = "--database-url",
            description = "PostgreSQL instead of the embedded store: postgresql://user@host:5432/database. If the URL"
                    + " contains a password, set it as CI_NOTIFY_DATABASE_URL instead.")
    public @Nullable String databaseUrl;

    @Option(
            names = "--database-password-file",
            description = "File with the password for --database-url; read for each connection.")
    public @Nullable Path databasePasswordFile;

    /** Whether the store is the embedded one, which one process uses alone. */
    public boolean isEmbedded() {
        return databaseUrl == null;
    }

    public List<ConfigProblem> problems() {
        try {
            if (databaseUrl != null) {
                DatabaseAddress.parse(databaseUrl, databasePasswordFile);
            } else if (databasePasswordFile != null) {
                return List.of(ConfigProblem.ofFile(
                        "--database-password-file", "is given without --database-url", "give both, or neither"));
            }
            return List.of();
        } catch (InvalidConfigException e) {
            return e.problems();
        }
    }

    /**
     * Opens the store for {@code serve}, and creates or migrates its tables.
     *
     * @throws StoreUnavailable if the embedded store cannot be used
     */
    public Database open() throws InvalidConfigException {
        if (databaseUrl == null) {
            return Database.embedded(dataDir, BUSY_TIMEOUT);
        }
        try {
            return Database.postgresql(DatabaseAddress.parse(databaseUrl, databasePasswordFile));
        } catch (StoreUnavailable e) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile("--database-url", String.valueOf(e.getMessage()), "or use another database"));
        }
    }

    public StoreLocation location() throws InvalidConfigException {
        List<ConfigProblem> problems = problems();
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return databaseUrl == null
                ? new StoreLocation.Directory(dataDir)
                : new StoreLocation.Server(DatabaseAddress.parse(databaseUrl, databasePasswordFile));
    }

    /**
     * Runs one short transaction on the store of a plugin that may be running.
     *
     * @throws InvalidConfigException if there is no store where the options point
     */
    public <T> T inTransaction(Function<Transaction, T> work) throws InvalidConfigException {
        return use(store -> store.inTransaction(work));
    }

    /**
     * Runs queries on one snapshot of the store of a plugin that may be running.
     *
     * @throws InvalidConfigException if there is no store where the options point
     */
    public <T> T read(Function<Transaction, T> queries) throws InvalidConfigException {
        return isEmbedded()
                ? ReadOnlyStore.open(dataDir).orElseThrow(() -> noStore("")).read(queries)
                : use(store -> store.read(queries));
    }

    private <T> T use(Function<Store, T> work) throws InvalidConfigException {
        try (StoreClient client = client()) {
            return work.apply(client.store());
        } catch (StoreUnavailable e) {
            if (isEmbedded() && !e.isAbsent()) {
                throw e;
            }
            throw isEmbedded()
                    ? noStore(" (" + e.getMessage() + ")")
                    : new InvalidConfigException(ConfigProblem.ofFile(
                            "--database-url", String.valueOf(e.getMessage()), "use the database of serve"));
        }
    }

    private InvalidConfigException noStore(String reason) {
        return new InvalidConfigException(ConfigProblem.ofFile(
                "--data-dir",
                "no store of ci-notify in " + dataDir + reason,
                "use the directory of serve, or its database with --database-url"));
    }

    private StoreClient client() throws InvalidConfigException {
        return databaseUrl == null
                ? StoreClient.embedded(dataDir)
                : StoreClient.postgresql(DatabaseAddress.parse(databaseUrl, databasePasswordFile));
    }
}
