// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.StoreClient;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.function.Function;

/** The store of a plugin that may be running. */
final class StoreSession {

    private final StoreOptions options;

    StoreSession(StoreOptions options) {
        this.options = options;
    }

    /**
     * Does something short in one transaction.
     *
     * @throws InvalidConfigException if there is no store where the options say
     */
    <T> T inTransaction(Function<Transaction, T> work) throws InvalidConfigException {
        try (StoreClient plugin = open()) {
            return plugin.store().inTransaction(work);
        } catch (StoreUnavailable e) {
            throw new InvalidConfigException(
                    options.isEmbedded()
                            ? ConfigProblem.ofFile(
                                    "--data-dir",
                                    "there is no store of ci-notify in " + options.dataDir + " (" + e.getMessage()
                                            + ")",
                                    "name the folder that serve was given, or the database with --database-url")
                            : ConfigProblem.ofFile(
                                    "--database-url",
                                    String.valueOf(e.getMessage()),
                                    "name the database that serve was given"));
        }
    }

    private StoreClient open() throws InvalidConfigException {
        return options.databaseUrl == null
                ? StoreClient.embedded(options.dataDir)
                : StoreClient.postgresql(DatabaseAddress.parse(options.databaseUrl, options.databasePasswordFile));
    }
}
