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

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads several documents and keeps all that is wrong with them, so that a person mends everything in one go. */
final class Attempts {

    private final List<Problem> problems = new ArrayList<>();

    /** Something that reads a document. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws InvalidDocument;
    }

    /** What was read; empty if there are problems, which are kept. */
    <T> Optional<T> read(Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (InvalidDocument e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /**
     * What was read, and what the rest cannot be read without.
     *
     * @throws InvalidDocument with all that went wrong so far
     */
    <T> T require(Reading<T> reading) throws InvalidDocument {
        Optional<T> read = read(reading);
        if (read.isEmpty()) {
            finish();
        }
        return read.orElseThrow();
    }

    void add(Collection<Problem> found) {
        problems.addAll(found);
    }

    /** @throws InvalidDocument if anything went wrong */
    void finish() throws InvalidDocument {
        if (!problems.isEmpty()) {
            throw new InvalidDocument(
                    problems.stream().sorted(Problem.IN_READING_ORDER).toList());
        }
    }
}
