// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.ReportedProblem;
import java.util.Locale;

/** A result of one check. */
public sealed interface StalenessResult {

    /** A problem starts. */
    record Raised(ReportedProblem problem) implements StalenessResult {}

    /**
     * A problem is over.
     *
     * @param key the key of the problem
     * @param why a sentence without the full stop
     */
    record Cleared(String key, String why) implements StalenessResult {}

    /** A wider problem explains this one; counted once. */
    record Suppressed(Reason why, String reason) implements StalenessResult {}

    /** Why a problem is suppressed; a metric label. */
    enum Reason {
        /** Prow is silent. */
        PROW_SILENT,
        /** The job's cluster is stalled. */
        CLUSTER_STALLED;

        /** In kebab case, as counted and shown. */
        public String value() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
