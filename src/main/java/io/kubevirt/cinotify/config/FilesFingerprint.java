// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Detects changed files by name, size, modification time and file key. Follows links: a mounted ConfigMap is updated by
 * switching one link.
 */
final class FilesFingerprint {
    private final TreeMap<Path, String> files = new TreeMap<>();

    /** The fingerprint of all files below the folders, and of single files; a missing one has none. */
    static FilesFingerprint of(@Nullable Path... paths) {
        FilesFingerprint fingerprint = new FilesFingerprint();
        Stream.of(paths).filter(Objects::nonNull).forEach(fingerprint::add);
        return fingerprint;
    }

    private void add(Path folder) {
        try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            tree.forEach(file -> files.put(file, stamp(file)));
        } catch (IOException | UncheckedIOException e) {
            files.put(folder, "unreadable");
        }
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes target = Files.readAttributes(file, BasicFileAttributes.class);
            return target.isDirectory() ? "" : target.size() + " " + target.lastModifiedTime() + " " + target.fileKey();
        } catch (IOException e) {
            return "unreadable";
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FilesFingerprint fingerprint && files.equals(fingerprint.files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }
}
