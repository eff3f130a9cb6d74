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

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A small folder of settings that is good, to be broken by tests. */
public final class SettingsFolder {

    private static final Path GOOD = Path.of("src/test/resources/settings");

    private final Path folder;

    private SettingsFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes the good files into an empty folder. */
    public static SettingsFolder in(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(GOOD)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return new SettingsFolder(folder);
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** Writes one file anew. */
    public void write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a piece of a file, which must be there. */
    public void replace(String file, String piece, String other) {
        try {
            String text = Files.readString(folder.resolve(file));
            assertThat(text).contains(piece);
            write(file, text.replace(piece, other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the loader tells of it, a line a problem, with the folder's own path as DIR. */
    List<String> problems() {
        try {
            new SettingsLoader(folder, null).load();
            return List.of();
        } catch (InvalidDocument e) {
            return e.problems().stream()
                    .map(Problem::toString)
                    .map(line -> line.replace(folder.toString(), "DIR"))
                    .toList();
        }
    }
}
