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
public final class EmbeddedFile {

    private final Path path;
    private final Object identity;

    private EmbeddedFile(Path path, Object identity) {
        this.path = path;
        this.identity = identity;
    }

    /**
     * Notes which file it is now.
     *
     * @throws StoreUnavailable if there is none
     */
    public static EmbeddedFile at(Path path) {
        Object identity = identity(path);
        if (identity == null) {
            throw new StoreUnavailable(path + " is gone: restart ci-notify, and it begins a new database");
        }
        return new EmbeddedFile(path, identity);
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
