// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A small valid configuration folder, to be broken by tests. */
public final class ConfigFixture {

    private static final Path GOOD = Path.of("src/test/resources/settings");

    private final Path folder;

    private ConfigFixture(Path folder) {
        this.folder = folder;
    }

    /** Writes the valid files to an empty folder. */
    public static ConfigFixture in(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(GOOD)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return new ConfigFixture(folder);
    }

    public Path path() {
        return folder;
    }

    /** Overwrites a file. */
    public void write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text in a file, which must contain it. */
    public void replace(String file, String piece, String other) {
        try {
            String text = Files.readString(folder.resolve(file));
            assertThat(text).contains(piece);
            write(file, text.replace(piece, other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problems that the loader reports, with DIR for the path of the folder. */
    List<String> problems() {
        try {
            new ConfigLoader(folder, null).load();
            return List.of();
        } catch (InvalidConfigException e) {
            return e.problems().stream()
                    .map(ConfigProblem::toString)
                    .map(line -> line.replace(folder.toString(), "DIR"))
                    .toList();
        }
    }
}
