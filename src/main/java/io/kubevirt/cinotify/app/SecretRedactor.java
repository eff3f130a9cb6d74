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
 * Removes the content of secret files from log lines, as Prow's components do. ci-notify logs no secret on purpose; this
 * is for foreign text: the exception of a client, the response of a server.
 */
final class SecretRedactor implements UnaryOperator<String> {
    private static final String REPLACEMENT = "[secret]";
    /** A shorter value is no secret, and replacing it would garble every line. */
    private static final int MIN_LENGTH = 6;
    /** Lines of keys and certificates are longer than this; field names and dates are not. */
    private static final int MIN_LINE_LENGTH = 32;

    private final List<Path> files;
    private volatile List<String> secrets = List.of();

    /** @param files with secrets; missing ones may appear later */
    SecretRedactor(List<Path> files) {
        this.files = List.copyOf(files);
        refresh();
    }

    /** Reads the files again; earlier secrets stay secret. */
    void refresh() {
        secrets = Stream.concat(secrets.stream(), files.stream().flatMap(SecretRedactor::secretsOf))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The content of a secret file: a token, the lines of a key, or Prow's mapping of webhook keys (prow-contract §2). */
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
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, REPLACEMENT);
        }
        return redacted;
    }
}
