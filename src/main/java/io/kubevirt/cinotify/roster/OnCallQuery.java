// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks the roster whom to notify.
 *
 * @param blocking whether the incident blocks others, as a required lane or an outage does
 * @param lastNotified decides among several candidates
 * @param holder the handle of the member who already has the incident; null for none
 */
public record OnCallQuery(
        String area,
        Instant at,
        boolean blocking,
        LastNotified lastNotified,
        @Nullable String holder) {
    OnCallQuery withoutHolder() {
        return new OnCallQuery(area, at, blocking, lastNotified, null);
    }
}
