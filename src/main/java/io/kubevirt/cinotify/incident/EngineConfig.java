// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.util.List;

/**
 * The configuration of the incident engine.
 *
 * @param outageArea the area whose members are notified of outages
 * @param titles names of lanes that replace derived ones
 */
public record EngineConfig(
        Thresholds thresholds, Roster roster, SigDirectory sigs, String outageArea, List<LaneTitle> titles) {
    public EngineConfig {
        titles = List.copyOf(titles);
    }

    /** Every name is derived. */
    public EngineConfig(Thresholds thresholds, Roster roster, SigDirectory sigs, String outageArea) {
        this(thresholds, roster, sigs, outageArea, List.of());
    }
}
