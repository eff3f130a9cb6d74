// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Instant;
import java.util.Optional;

/**
 * Reports whether ci-notify sees every run of this Prow. Only a source that lists all ProwJobs can detect a missing
 * run: webhooks cannot, because GitHub does not know about periodics.
 */
public interface SourceCoverage {
    /** Since when every run is seen; empty without a listing source, or if it is down or catching up. */
    Optional<Instant> completeSince();
}
