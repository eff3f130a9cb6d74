// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.ReportedProblem;
import java.util.Locale;

/** What a look has shown. */
public sealed interface StalenessResult {

    /** Something is wrong from now on. */
    record Raised(ReportedProblem problem) implements StalenessResult {}

    /**
     * It is over.
     *
     * @param key of the problem
     * @param why a sentence without the final stop
     */
    record Cleared(String key, String why) implements StalenessResult {}

    /** Something is wrong, but something wider explains it; counted once. */
    record Suppressed(Reason why, String reason) implements StalenessResult {}

    /** Why nothing is said of what does not run; the names are counted in metrics. */
    enum Reason {
        /** The job does not start because nothing does: that is told, or about to be. */
        PROW_SILENT,
        /** The job does not start because its cluster does not: that is told. */
        CLUSTER_STALLED;

        /** In kebab case, as counted and shown. */
        public String value() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
