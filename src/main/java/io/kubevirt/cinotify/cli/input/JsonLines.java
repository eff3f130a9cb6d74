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

/** Files of one JSON object a line. */
public final class JsonLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    /** Makes something of an object. */
    @FunctionalInterface
    public interface Reader<T> {
        /** @throws InvalidInputException if nothing can be made of it */
        T read(JsonNode object) throws InvalidInputException;
    }

    /**
     * Reads a file.
     *
     * @param option by which the file was given
     * @throws InvalidConfigException with every line of which nothing can be made
     */
    public static <T> List<T> read(Path file, String option, Reader<T> reader) throws InvalidConfigException {
        List<T> things = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            int number = 0;
            for (String line : (Iterable<String>) lines::iterator) {
                number++;
                if (!line.isBlank()) {
                    one(file, number, line, reader, problems).ifPresent(things::add);
                }
            }
        } catch (NoSuchFileException e) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile(file.toString(), "there is no such file", "mend " + option));
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    file.toString(), "cannot be read as text in UTF-8", "give a file with an object a line"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return things;
    }

    private static <T> Optional<T> one(
            Path file, int number, String line, Reader<T> reader, List<ConfigProblem> problems) {
        try {
            return Optional.of(reader.read(JSON.readTree(line)));
        } catch (JsonProcessingException e) {
            problems.add(new ConfigProblem(file.toString(), number, "is not JSON", "write one object a line"));
        } catch (InvalidInputException e) {
            problems.add(new ConfigProblem(file.toString(), number, String.valueOf(e.getMessage()), "mend the line"));
        }
        return Optional.empty();
    }
}
