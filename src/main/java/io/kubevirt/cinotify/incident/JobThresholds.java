// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The thresholds in a job's own configuration; they take precedence over the settings.
 *
 * @param failures failures in a row, or failing pull requests for a presubmit, before a notification
 * @param daily whether the job is a periodic that runs at most once a day
 */
public record JobThresholds(
        @Nullable Integer failures, @Nullable Instant muteUntil, boolean daily) {

    /** The job configures nothing. */
    public static final JobThresholds NONE = new JobThresholds(null, null, false);
}
