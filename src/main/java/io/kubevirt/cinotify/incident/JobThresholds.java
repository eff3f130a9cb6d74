// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a job says of itself in its configuration; it wins over the settings.
 *
 * @param failures in a row, or distinct pull requests of a presubmit, before anybody is told
 * @param muteUntil nothing is said before this instant
 * @param daily whether it is a periodic with a day or more between two runs
 */
public record JobThresholds(
        @Nullable Integer failures, @Nullable Instant muteUntil, boolean daily) {

    /** The job says nothing. */
    public static final JobThresholds NONE = new JobThresholds(null, null, false);
}
