// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
final class SecretRedactor implements UnaryOperator<String> {

    private static final String REPLACEMENT = "[secret]";

    /** A shorter one would make holes into every line, and be no secret. */
    private static final int MIN_LENGTH = 6;

    /** Lines of keys and certificates are longer; names of fields and dates beside a secret are not. */
    private static final int MIN_LINE_LENGTH = 32;

    private final List<Path> files;
    private volatile List<String> secrets = List.of();

    /** @param files that hold secrets; those that are not there may come later */
    SecretRedactor(List<Path> files) {
        this.files = List.copyOf(files);
        refresh();
    }

    /** Reads the files again; what was secret once stays so. */
    void refresh() {
        secrets = Stream.concat(secrets.stream(), files.stream().flatMap(SecretRedactor::secretsOf))
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
                    ? lines.stream().filter(line -> line.length() >= MIN_LENGTH)
                    : lines.stream().flatMap(SecretRedactor::secretsOfLine);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Stream<String> secretsOfLine(String line) {
        int value = line.indexOf("value:");
        if (value >= 0) {
            return Stream.of(line.substring(value + "value:".length()).strip().replaceAll("^[\"']|[\"']$", ""))
                    .filter(secret -> secret.length() >= MIN_LENGTH);
        }
        return line.length() >= MIN_LINE_LENGTH && !line.startsWith("-----") ? Stream.of(line) : Stream.empty();
    }

    @Override
    public String apply(String text) {
        String censored = text;
        for (String secret : secrets) {
            censored = censored.replace(secret, REPLACEMENT);
        }
        return censored;
    }
}
