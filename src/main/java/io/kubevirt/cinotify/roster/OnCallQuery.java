// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be told?
 *
 * @param area what it is about
 * @param at when it is asked
 * @param blocking whether it stops others from working: a required lane, an outage
 * @param lastNotified decides among several
 * @param holder the handle of the member who has the incident already; null for none
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
