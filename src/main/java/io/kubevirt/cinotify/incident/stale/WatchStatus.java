// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when ci-notify watches Prow.
 *
 * @param began when it first watched; nothing is concluded about the time before
 * @param unbrokenSince since when it has seen every run, including those it caught up with; null while sources are down
 * @param lastCheck when it last checked
 */
public record WatchStatus(Instant began, @Nullable Instant unbrokenSince, Instant lastCheck) {

    /** Whether ci-notify has watched long enough to draw conclusions from what it does not see. */
    boolean isSteady(Duration settling, Instant now) {
        return unbrokenSince != null && !now.isBefore(unbrokenSince.plus(settling));
    }

    /** Whether an instant came after the last check, so that a suppression is counted once. */
    boolean isNew(Instant instant) {
        return instant.isAfter(lastCheck);
    }
}
