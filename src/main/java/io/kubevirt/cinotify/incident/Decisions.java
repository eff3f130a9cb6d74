// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.util.List;

/**
 * What follows from an event.
 *
 * @param decisions in the order in which they were made
 * @param incidents those that have changed, as they are now
 */
public record Decisions(List<Decision> decisions, List<IncidentView> incidents) {

    /** Copies the lists. */
    public Decisions {
        decisions = List.copyOf(decisions);
        incidents = List.copyOf(incidents);
    }
}
