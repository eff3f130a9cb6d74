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
package io.kubevirt.cinotify.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Takes what stands in secret files out of what is logged, as Prow's components do. No line of ci-notify holds a secret on
 * purpose; this is for the text of others: an exception of a client, the answer of a server.
 */
final class Censor implements UnaryOperator<String> {

    private static final String INSTEAD = "[secret]";

    /** A shorter one would make holes into every line, and be no secret. */
    private static final int SHORTEST = 6;

    /** Lines of keys and certificates are longer; names of fields and dates beside a secret are not. */
    private static final int SHORTEST_OF_MANY = 32;

    private final List<Path> files;
    private volatile List<String> secrets = List.of();

    /** @param files that hold secrets; those that are not there may come later */
    Censor(List<Path> files) {
        this.files = List.copyOf(files);
        refresh();
    }

    /** Reads the files again; what was secret once stays so. */
    void refresh() {
        secrets = Stream.concat(secrets.stream(), files.stream().flatMap(Censor::secretsOf))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** What a secret file may hold: a token, the lines of a key, or Prow's mapping of webhook keys (prow-contract §2). */
    private static Stream<String> secretsOf(Path file) {
        try {
            List<String> lines = Files.readString(file)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return lines.size() == 1
                    ? lines.stream().filter(line -> line.length() >= SHORTEST)
                    : lines.stream().flatMap(Censor::secretsOfLine);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Stream<String> secretsOfLine(String line) {
        int value = line.indexOf("value:");
        if (value >= 0) {
            return Stream.of(line.substring(value + "value:".length()).strip().replaceAll("^[\"']|[\"']$", ""))
                    .filter(secret -> secret.length() >= SHORTEST);
        }
        return line.length() >= SHORTEST_OF_MANY && !line.startsWith("-----") ? Stream.of(line) : Stream.empty();
    }

    @Override
    public String apply(String text) {
        String censored = text;
        for (String secret : secrets) {
            censored = censored.replace(secret, INSTEAD);
        }
        return censored;
    }
}
