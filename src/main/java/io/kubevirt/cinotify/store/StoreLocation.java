// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a store is. The text form has no password. */
public sealed interface StoreLocation {
    /** The embedded database and its inbox. */
    record Directory(Path path) implements StoreLocation {
        @Override
        public String toString() {
            return path.toString();
        }

        boolean hasStore() {
            return Files.isRegularFile(Database.file(path));
        }

        /** Whether there may be accepted events, also if the database is gone. */
        boolean hasInbox() {
            return path.resolve(InboxFile.FILE).toFile().length() > 0;
        }
    }

    /** A SQLite file with all tables, whichever database they come from. */
    record BackupFile(Path path) implements StoreLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A PostgreSQL database. */
    record Server(DatabaseAddress address) implements StoreLocation {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * A data directory, or the URL of a PostgreSQL database.
     *
     * @param option for errors
     */
    static StoreLocation parse(String option, String text, @Nullable Path passwordFile) throws InvalidConfigException {
        if (text.contains("://")) {
            return new Server(DatabaseAddress.parse(option, text, passwordFile));
        }
        if (passwordFile != null) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    option + "-password-file",
                    "is given for a directory",
                    "leave it out, or give a postgresql:// URL"));
        }
        return new Directory(Path.of(text));
    }
}
