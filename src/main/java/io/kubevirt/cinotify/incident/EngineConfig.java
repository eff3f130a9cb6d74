// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;

/** The configuration of the incident engine. {@code outageArea}: the area whose members are notified of outages. */
public record EngineConfig(Thresholds thresholds, Roster roster, SigDirectory sigs, String outageArea) {}
