// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the plugin sees every run of this Prow: only a door that lists them all can tell that one is missing. Webhooks
 * cannot, for GitHub never hears of periodic jobs.
 */
public interface SourceCoverage {

    /**
     * Since when every run is seen without a break, what was missed before included. Empty while the plugin is blind: no
     * such door is open, it is down, or it has not caught up yet.
     */
    Optional<Instant> completeSince();
}
