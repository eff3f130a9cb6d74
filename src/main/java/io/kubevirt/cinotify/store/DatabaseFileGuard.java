// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Detects that the file of the embedded database was deleted or replaced. Writes to a deleted file succeed and are lost when
 * the process ends, so each write verifies the file before and after.
 */
public final class DatabaseFileGuard {
    private final Path path;
    private final Object identity;

    private DatabaseFileGuard(Path path, Object identity) {
        this.path = path;
        this.identity = identity;
    }

    /** @throws StoreUnavailable if the file does not exist */
    public static DatabaseFileGuard at(Path path) {
        Object identity = identity(path);
        if (identity == null) {
            throw StoreUnavailable.absent(path + " does not exist: restart ci-notify, it creates a new database", null);
        }
        return new DatabaseFileGuard(path, identity);
    }

    Path path() {
        return path;
    }

    /** @throws StoreUnavailable if the file was deleted or replaced */
    void verify() {
        if (!identity.equals(identity(path))) {
            throw new StoreUnavailable(path + " was deleted or replaced while it was open, so no more deliveries are"
                    + " accepted: restore the database file and restart ci-notify");
        }
    }

    /** Null if the file does not exist; the creation time on file systems without file keys. */
    private static @Nullable Object identity(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
