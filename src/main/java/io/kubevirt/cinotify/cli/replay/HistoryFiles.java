// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Finds the files of a history, given as files or directories; gzip or plain. */
public final class HistoryFiles {

    private static final List<String> EXTENSIONS = List.of(".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz");
    private static final int GZIP_MAGIC = 0x1f8b;

    private HistoryFiles() {}

    /** @throws InvalidConfigException with each path where there is nothing to read */
    public static List<Path> of(List<Path> named) throws InvalidConfigException, IOException {
        List<Path> files = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        for (Path path : named) {
            List<Path> found = Files.isDirectory(path) ? inFolder(path) : List.of(path);
            if (!Files.exists(path)) {
                problems.add(ConfigProblem.ofFile(path.toString(), "no such file or directory", "correct --history"));
            } else if (found.isEmpty()) {
                problems.add(ConfigProblem.ofFile(
                        path.toString(),
                        "the directory contains no history file",
                        "name them " + String.join(", ", EXTENSIONS)));
            } else {
                files.addAll(found);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return files;
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile)
                    .filter(file -> EXTENSIONS.stream().anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    /** Opens a file; the first bytes show whether it is gzip, not the name. */
    static BufferedReader open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        raw.mark(2);
        int magic = raw.read() << Byte.SIZE | raw.read();
        raw.reset();
        InputStream plain = magic == GZIP_MAGIC ? new GZIPInputStream(raw) : raw;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }
}
