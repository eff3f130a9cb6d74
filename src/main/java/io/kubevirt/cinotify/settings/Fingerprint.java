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
package io.kubevirt.cinotify.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether files have changed: name, size, time and identity of each, seen through links, because a mounted
 * ConfigMap is updated by turning one link.
 */
final class Fingerprint {

    private final TreeMap<Path, String> files = new TreeMap<>();

    /** Of all files below the folders; a folder that is not there has none. */
    static Fingerprint of(Path folder, @Nullable Path other) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(folder);
        if (other != null) {
            fingerprint.add(other);
        }
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
        return other instanceof Fingerprint fingerprint && files.equals(fingerprint.files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }
}
