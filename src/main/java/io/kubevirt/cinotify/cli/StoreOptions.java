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
import io.kubevirt.cinotify.store.DatabaseAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where everything is kept: in a folder of its own, or in a PostgreSQL database that replicas share. */
final class StoreOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder of the embedded store (${DEFAULT-VALUE}).")
    Path dataDir;

    @Option(
            names = "--database-url",
            description =
                    "PostgreSQL instead of the embedded store: postgresql://user@host:5432/database. With a password"
                            + " in it, set it as CI_NOTIFY_DATABASE_URL.")
    @Nullable String databaseUrl;

    @Option(
            names = "--database-password-file",
            description = "File with the password for --database-url, read anew for each connection.")
    @Nullable Path databasePasswordFile;

    /** Whether one process has it for itself. */
    boolean isEmbedded() {
        return databaseUrl == null;
    }

    /** What is wrong with the address, if one was given. */
    List<Problem> problems() {
        try {
            if (databaseUrl != null) {
                DatabaseAddress.parse(databaseUrl, databasePasswordFile);
            } else if (databasePasswordFile != null) {
                return List.of(Problem.ofFile(
                        "--database-password-file", "is given without --database-url", "give both, or none"));
            }
            return List.of();
        } catch (InvalidDocument e) {
            return e.problems();
        }
    }

    /** What the server reads, through its own configuration. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(Map.of("ci-notify.data-dir", dataDir.toString()));
        if (databaseUrl != null) {
            properties.put("ci-notify.database-url", databaseUrl);
        }
        if (databasePasswordFile != null) {
            properties.put("ci-notify.database-password-file", databasePasswordFile.toString());
        }
        return properties;
    }
}
