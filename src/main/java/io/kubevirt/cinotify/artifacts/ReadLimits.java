// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.time.Duration;

/**
 * Limits for reading the artifacts of a run: bytes of each file (uncompressed), of all JUnit files, and of both ends of the
 * log. The file timeout limits the response headers, and again the body; after the run timeout no further file is requested.
 */
public record ReadLimits(
        long json,
        long junit,
        long allJunit,
        int junitFiles,
        int logHead,
        int logTail,
        Duration fileTimeout,
        Duration runTimeout) {
    /** Several times the largest JUnit files seen, and the parts of a log that people read. */
    public static final ReadLimits DEFAULT = new ReadLimits(
            4L << 20,
            128L << 20,
            256L << 20,
            200,
            256 << 10,
            1280 << 10,
            Duration.ofSeconds(60),
            Duration.ofMinutes(3));

    /** For interactive use. */
    public ReadLimits withFileTimeout(Duration timeout) {
        return new ReadLimits(json, junit, allJunit, junitFiles, logHead, logTail, timeout, runTimeout);
    }
}
