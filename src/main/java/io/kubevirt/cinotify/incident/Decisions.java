// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.util.List;

/**
 * What the engine decided in one step.
 *
 * @param decisions in the order in which they were made
 * @param incidents the incidents that changed, as they are now
 */
public record Decisions(List<Decision> decisions, List<IncidentView> incidents) {

    public Decisions {
        decisions = List.copyOf(decisions);
        incidents = List.copyOf(incidents);
    }
}
