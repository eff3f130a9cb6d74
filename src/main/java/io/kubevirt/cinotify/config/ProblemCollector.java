// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads several documents and keeps all that is wrong with them, so that a person mends everything in one go. */
final class ProblemCollector {

    private final List<ConfigProblem> problems = new ArrayList<>();

    /** Something that reads a document. */
    @FunctionalInterface
    interface DocumentReader<T> {
        T read() throws InvalidConfigException;
    }

    /** What was read; empty if there are problems, which are kept. */
    <T> Optional<T> read(DocumentReader<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /**
     * What was read, and what the rest cannot be read without.
     *
     * @throws InvalidConfigException with all that went wrong so far
     */
    <T> T require(DocumentReader<T> reading) throws InvalidConfigException {
        Optional<T> read = read(reading);
        if (read.isEmpty()) {
            throwIfAny();
        }
        return read.orElseThrow();
    }

    void add(Collection<ConfigProblem> found) {
        problems.addAll(found);
    }

    /** @throws InvalidConfigException if anything went wrong */
    void throwIfAny() throws InvalidConfigException {
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(
                    problems.stream().sorted(ConfigProblem.BY_FILE_AND_LINE).toList());
        }
    }
}
