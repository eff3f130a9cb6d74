// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The scheduling environment of a source; {@code random} keeps several instances from retrying at the same time. */
public record SourceRuntime(Executor executor, InstantSource clock, RandomGenerator random) {
    /**
     * The single thread of a source, so that the source needs no locks. The application provides one per source; tests
     * provide one with virtual time.
     */
    @FunctionalInterface
    public interface Executor {
        /** Runs work after a delay, never concurrently. Thread-safe; returns at once. Does nothing after close. */
        void schedule(Duration delay, Runnable work);
    }
}
