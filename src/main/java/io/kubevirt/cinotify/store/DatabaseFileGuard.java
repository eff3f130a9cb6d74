// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file of the embedded database, as it was when it was opened.
 *
 * <p>A process goes on writing into a file that was deleted or replaced under it, without any error, and all of that is
 * gone when it ends. So whoever writes looks before and after whether the path still leads to the same file.
 */
public final class DatabaseFileGuard {

    private final Path path;
    private final Object identity;

    private DatabaseFileGuard(Path path, Object identity) {
        this.path = path;
        this.identity = identity;
    }

    /**
     * Notes which file it is now.
     *
     * @throws StoreUnavailable if there is none
     */
    public static DatabaseFileGuard at(Path path) {
        Object identity = identity(path);
        if (identity == null) {
            throw new StoreUnavailable(path + " is gone: restart ci-notify, and it begins a new database");
        }
        return new DatabaseFileGuard(path, identity);
    }

    /**
     * Costs one look at the folder.
     *
     * @throws StoreUnavailable if the path leads to another file by now, or to none
     */
    void verify() {
        if (!identity.equals(identity(path))) {
            throw new StoreUnavailable(path + " was deleted or replaced while it was open, so nothing is taken in any"
                    + " more: put the wanted database there and restart ci-notify");
        }
    }

    /** Null if there is no such file; file systems without identities are known by the hour of creation. */
    private static @Nullable Object identity(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
