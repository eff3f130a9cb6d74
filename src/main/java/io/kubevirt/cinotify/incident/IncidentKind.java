// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

public enum IncidentKind {
    /** A lane, or a family of lanes, is broken. */
    LANE,
    /** One cause breaks many lanes. */
    OUTAGE,
    /** A node of a build cluster is unhealthy. */
    NODE,
    /** A periodic job does not start. */
    MISSING_RUN,
    /** A build cluster does not start pending runs. */
    STALLED_CLUSTER,
    /** Prow starts no run on any cluster. */
    SILENT_PROW,
    /** A pull request that bumps dependencies. */
    BUMP,
    /** A person asks for help. */
    REQUEST;

    /** Whether it consists of failed runs. */
    public boolean isOfRuns() {
        return this == LANE || this == OUTAGE;
    }

    /** In kebab case, as stored and shown. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
