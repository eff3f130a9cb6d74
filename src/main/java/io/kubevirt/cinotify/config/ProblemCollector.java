// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads several documents and collects the problems of all of them. */
final class ProblemCollector {
    private final List<ConfigProblem> problems = new ArrayList<>();

    /** Reads a document. */
    @FunctionalInterface
    interface DocumentReader<T> {
        T read() throws InvalidConfigException;
    }

    /** The document; empty if it has problems, which are collected. */
    <T> Optional<T> read(DocumentReader<T> reader) {
        try {
            return Optional.of(reader.read());
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /**
     * A document that the others depend on.
     *
     * @throws InvalidConfigException with all problems so far
     */
    <T> T require(DocumentReader<T> reader) throws InvalidConfigException {
        Optional<T> read = read(reader);
        if (read.isEmpty()) {
            throwIfAny();
        }
        return read.orElseThrow();
    }

    void add(Collection<ConfigProblem> found) {
        problems.addAll(found);
    }

    /** @throws InvalidConfigException with all problems, if there are any */
    void throwIfAny() throws InvalidConfigException {
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(
                    problems.stream().sorted(ConfigProblem.BY_FILE_AND_LINE).toList());
        }
    }
}
