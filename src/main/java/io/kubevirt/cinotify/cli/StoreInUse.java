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
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.store.Beside;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.Transaction;
import java.util.function.Function;

/** The store of a plugin that may be running. */
final class StoreInUse {

    private final StoreOptions options;

    StoreInUse(StoreOptions options) {
        this.options = options;
    }

    /**
     * Does something short in one transaction.
     *
     * @throws InvalidDocument if there is no store where the options say
     */
    <T> T inTransaction(Function<Transaction, T> work) throws InvalidDocument {
        try (Beside plugin = open()) {
            return plugin.store().inTransaction(work);
        } catch (StoreUnavailable e) {
            throw new InvalidDocument(
                    options.isEmbedded()
                            ? Problem.ofFile(
                                    "--data-dir",
                                    "there is no store of ci-notify in " + options.dataDir + " (" + e.getMessage()
                                            + ")",
                                    "name the folder that serve was given, or the database with --database-url")
                            : Problem.ofFile(
                                    "--database-url",
                                    String.valueOf(e.getMessage()),
                                    "name the database that serve was given"));
        }
    }

    private Beside open() throws InvalidDocument {
        return options.databaseUrl == null
                ? Beside.embedded(options.dataDir)
                : Beside.postgresql(DatabaseAddress.parse(options.databaseUrl, options.databasePasswordFile));
    }
}
