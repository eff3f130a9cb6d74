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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
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

/** The files of a history: those named, and those in folders named; packed with gzip or not. */
final class HistoryFiles {

    private static final List<String> ENDINGS = List.of(".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz");
    private static final int GZIP_MAGIC = 0x1f8b;

    private HistoryFiles() {}

    /** @throws InvalidDocument with every name at which there is nothing to read */
    static List<Path> of(List<Path> named) throws InvalidDocument, IOException {
        List<Path> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path path : named) {
            List<Path> found = Files.isDirectory(path) ? inFolder(path) : List.of(path);
            if (!Files.exists(path)) {
                problems.add(Problem.ofFile(path.toString(), "there is no such file or folder", "mend --history"));
            } else if (found.isEmpty()) {
                problems.add(Problem.ofFile(
                        path.toString(),
                        "the folder has no file of a history",
                        "their names end in " + String.join(", ", ENDINGS)));
            } else {
                files.addAll(found);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
        return files;
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile)
                    .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    /** Opens a file; whether it is packed shows in its first bytes, not in its name. */
    static BufferedReader open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        raw.mark(2);
        int magic = raw.read() << Byte.SIZE | raw.read();
        raw.reset();
        InputStream plain = magic == GZIP_MAGIC ? new GZIPInputStream(raw) : raw;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }
}
