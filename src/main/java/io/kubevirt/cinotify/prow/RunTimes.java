// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The three times of a run (prow-contract §6); the first two differ by the time spent in the queue.
 *
 * @param started when the ProwJob was created
 * @param pending when its pod was started
 * @param completed when it reached a final state
 */
public record RunTimes(
        @Nullable Instant started,
        @Nullable Instant pending,
        @Nullable Instant completed) {

    /** Nothing is known. */
    public static final RunTimes UNKNOWN = new RunTimes(null, null, null);
}
