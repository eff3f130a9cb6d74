// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an incident of the policy is about. */
public enum IncidentKind {
    /** A lane, or a family of lanes. */
    LANE,
    /** Something that explains many lanes. */
    OUTAGE,
    /** A node of a build cluster. */
    NODE,
    /** A periodic job does not start. */
    MISSING_RUN,
    /** A build cluster does not start what waits. */
    STALLED_CLUSTER,
    /** Nothing starts anywhere: Prow itself is silent. */
    SILENT_PROW,
    /** A pull request that brings in new versions. */
    BUMP,
    /** Somebody asks for help. */
    REQUEST;

    /** In kebab case, as stored and shown. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
