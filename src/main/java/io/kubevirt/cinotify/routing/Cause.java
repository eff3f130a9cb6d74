// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a run failed (design.md section 4). */
public enum Cause {
    /** The cluster, a node or a service that jobs share. */
    INFRASTRUCTURE,
    /** It failed before its tests started. */
    SETUP,
    TEST,
    /** The change does not build, or fails a source check. */
    BUILD,
    /** The job's or Prow's configuration. */
    CONFIG,
    /** A user or Prow stopped it; does not count as a failure. */
    ABORTED;

    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
