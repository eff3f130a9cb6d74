// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads files with one JSON object a line. */
public final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    @FunctionalInterface
    public interface Reader<T> {
        T read(JsonNode object) throws InvalidInputException;
    }

    /**
     * Reads a file.
     *
     * @param option the command-line option of the file
     * @throws InvalidConfigException with each invalid line
     */
    public static <T> List<T> read(Path file, String option, Reader<T> reader) throws InvalidConfigException {
        List<T> values = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            int number = 0;
            for (String line : (Iterable<String>) lines::iterator) {
                number++;
                if (!line.isBlank()) {
                    one(file, number, line, reader, problems).ifPresent(values::add);
                }
            }
        } catch (NoSuchFileException e) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile(file.toString(), "no such file", "correct " + option));
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    file.toString(), "cannot be read as text in UTF-8", "use a file with one object a line"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return values;
    }

    private static <T> Optional<T> one(
            Path file, int number, String line, Reader<T> reader, List<ConfigProblem> problems) {
        try {
            return Optional.of(reader.read(JSON.readTree(line)));
        } catch (JsonProcessingException e) {
            problems.add(new ConfigProblem(file.toString(), number, "is not JSON", "write one object a line"));
        } catch (InvalidInputException e) {
            problems.add(
                    new ConfigProblem(file.toString(), number, String.valueOf(e.getMessage()), "correct the line"));
        }
        return Optional.empty();
    }
}
