// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when the plugin watches Prow.
 *
 * @param began the first instant ever; nothing is said about what was before
 * @param unbrokenSince since when it sees every run, what it had missed included; null while it is blind
 * @param lastCheck when it last looked whether something is missing
 */
public record WatchStatus(Instant began, @Nullable Instant unbrokenSince, Instant lastCheck) {

    /** Whether conclusions can be drawn from what is not seen: it sees, and has done so for a while. */
    boolean isSteady(Duration settling, Instant now) {
        return unbrokenSince != null && !now.isBefore(unbrokenSince.plus(settling));
    }

    /** Whether an instant has come since the last look: what is only counted is counted once. */
    boolean isNew(Instant instant) {
        return instant.isAfter(lastCheck);
    }
}
