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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
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
final class JsonLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    /** Makes something of an object. */
    @FunctionalInterface
    interface Reader<T> {
        /** @throws Unclear if nothing can be made of it */
        T read(JsonNode object) throws Unclear;
    }

    /**
     * Reads a file.
     *
     * @param option by which the file was given
     * @throws InvalidDocument with every line of which nothing can be made
     */
    static <T> List<T> read(Path file, String option, Reader<T> reader) throws InvalidDocument {
        List<T> things = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            int number = 0;
            for (String line : (Iterable<String>) lines::iterator) {
                number++;
                if (!line.isBlank()) {
                    one(file, number, line, reader, problems).ifPresent(things::add);
                }
            }
        } catch (NoSuchFileException e) {
            throw new InvalidDocument(Problem.ofFile(file.toString(), "there is no such file", "mend " + option));
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidDocument(Problem.ofFile(
                    file.toString(), "cannot be read as text in UTF-8", "give a file with an object a line"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
        return things;
    }

    private static <T> Optional<T> one(Path file, int number, String line, Reader<T> reader, List<Problem> problems) {
        try {
            return Optional.of(reader.read(JSON.readTree(line)));
        } catch (JsonProcessingException e) {
            problems.add(new Problem(file.toString(), number, "is not JSON", "write one object a line"));
        } catch (Unclear e) {
            problems.add(new Problem(file.toString(), number, String.valueOf(e.getMessage()), "mend the line"));
        }
        return Optional.empty();
    }
}
