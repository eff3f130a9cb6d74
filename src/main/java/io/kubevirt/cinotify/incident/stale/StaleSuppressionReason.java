// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.util.Locale;

/** Why nothing is said of what does not run; the names are counted in metrics. */
public enum StaleSuppressionReason {
    /** The job does not start because nothing does: that is told, or about to be. */
    PROW_SILENT,
    /** The job does not start because its cluster does not: that is told. */
    CLUSTER_STALLED;

    /** In kebab case, as counted and shown. */
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
