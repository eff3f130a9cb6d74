// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps other users of the machine out of a data directory: 0700, its files 0600. Existing ones are tightened if this process
 * owns them. A directory of another owner, or with the setgid bit, is a volume with an fsGroup, which processes with other
 * user ids share through the group: there the group keeps its access.
 */
final class DataFileModes {
    private static final String MODE = "unix:mode";
    private static final String OWNER = "unix:uid";
    private static final int SETGID = 02000;
    private static final int ALL = 07777;
    private static final int OWNER_ONLY = 0700;
    private static final int WITH_GROUP = 0770;
    private static final int NOT_EXECUTABLE = 0666;
    private static final boolean SUPPORTED =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private DataFileModes() {}

    /** Creates a directory and its missing files, and tightens it and those of its files that begin with their names. */
    static void prepare(Path directory, List<String> files) throws IOException {
        if (!SUPPORTED) {
            Files.createDirectories(directory);
            return;
        }
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        int mode = mode(directory);
        boolean owned = isOwned(directory);
        int kept = owned && (mode & SETGID) == 0 ? OWNER_ONLY : WITH_GROUP;
        if (owned) {
            change(directory, mode & (kept | ~0777));
        }
        for (String file : files) {
            create(directory.resolve(file));
        }
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                if (files.stream().anyMatch(entry.getFileName().toString()::startsWith)
                        && Files.isRegularFile(entry)
                        && isOwned(entry)) {
                    change(entry, kept & NOT_EXECUTABLE);
                }
            }
        }
    }

    /** Creates a missing file. */
    static void create(Path file) throws IOException {
        if (Files.notExists(file)) {
            if (!SUPPORTED) {
                Files.createFile(file);
                return;
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static void change(Path path, int mode) throws IOException {
        if (mode(path) != mode) {
            // Not as PosixFilePermissions, which lose the setgid bit.
            Files.setAttribute(path, MODE, mode);
        }
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, MODE) & ALL;
    }

    /** By number: a random user id has no name. */
    private static boolean isOwned(Path path) throws IOException {
        Path self = Path.of("/proc/self");
        return !Files.exists(self) || Files.getAttribute(self, OWNER).equals(Files.getAttribute(path, OWNER));
    }
}
