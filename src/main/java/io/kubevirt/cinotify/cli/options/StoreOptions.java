// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where everything is kept: in a folder of its own, or in a PostgreSQL database that replicas share. */
public final class StoreOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder of the embedded store (${DEFAULT-VALUE}).")
    public Path dataDir;

    @Option(
            names = "--database-url",
            description =
                    "PostgreSQL instead of the embedded store: postgresql://user@host:5432/database. With a password"
                            + " in it, set it as CI_NOTIFY_DATABASE_URL.")
    @Nullable public String databaseUrl;

    @Option(
            names = "--database-password-file",
            description = "File with the password for --database-url, read anew for each connection.")
    @Nullable public Path databasePasswordFile;

    /** Whether one process has it for itself. */
    public boolean isEmbedded() {
        return databaseUrl == null;
    }

    /** What is wrong with the address, if one was given. */
    public List<ConfigProblem> problems() {
        try {
            if (databaseUrl != null) {
                DatabaseAddress.parse(databaseUrl, databasePasswordFile);
            } else if (databasePasswordFile != null) {
                return List.of(ConfigProblem.ofFile(
                        "--database-password-file", "is given without --database-url", "give both, or none"));
            }
            return List.of();
        } catch (InvalidConfigException e) {
            return e.problems();
        }
    }

    /** What the server reads, through its own configuration. */
    public Map<String, String> properties() {
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
