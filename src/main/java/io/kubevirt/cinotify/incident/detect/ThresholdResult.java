// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.SuppressionReason;

/**
 * Whether a family has reached a threshold.
 *
 * @param isMet whether it has
 * @param suppressionReason by what name a run is counted if not
 * @param explanation what was found, as a sentence without the final stop
 */
record ThresholdResult(boolean isMet, SuppressionReason suppressionReason, String explanation) {

    static ThresholdResult met(String words) {
        return new ThresholdResult(true, SuppressionReason.BELOW_THRESHOLD, words);
    }

    static ThresholdResult below(SuppressionReason reason, String words) {
        return new ThresholdResult(false, reason, words);
    }
}
