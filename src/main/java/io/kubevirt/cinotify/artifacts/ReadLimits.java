// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.time.Duration;

/**
 * How much of a run's artifacts is read.
 *
 * @param json bytes of each small file
 * @param junit bytes of each JUnit file, unzipped; what is longer counts as far as it was read
 * @param junitFiles how many JUnit files
 * @param logHead bytes of the log's beginning
 * @param logTail bytes of its end
 * @param fileTimeout how long an answer may take to begin, and again to end
 * @param runTimeout after which no further file is begun
 */
public record ReadLimits(
        long json, long junit, int junitFiles, int logHead, int logTail, Duration fileTimeout, Duration runTimeout) {

    /** A JUnit file as large as deck shows, a log as far as people look; what is left out of it is said. */
    public static final ReadLimits DEFAULT = new ReadLimits(
            4L << 20, 512L << 20, 8, 256 << 10, 1280 << 10, Duration.ofSeconds(60), Duration.ofMinutes(3));

    /** The same for who stands and waits. */
    public ReadLimits withFileTimeout(Duration patience) {
        return new ReadLimits(json, junit, junitFiles, logHead, logTail, patience, runTimeout);
    }
}
