// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a run is red (design.md section 4). */
public enum Cause {
    /** The cluster, a node or a service that jobs share. */
    INFRASTRUCTURE,
    /** It died before its tests. */
    SETUP,
    /** A test failed. */
    TEST,
    /** The change does not build, or breaks a check of its sources. */
    BUILD,
    /** The job's or Prow's configuration. */
    CONFIG,
    /** Somebody or something stopped it: nobody's fault. */
    ABORTED;

    /** In lower case, as in settings and output. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
