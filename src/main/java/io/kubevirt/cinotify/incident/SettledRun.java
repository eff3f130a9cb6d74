// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of detection for one run.
 *
 * @param reason why the run causes no notification; null while its group waits
 * @param notifiableIncidents incidents that changed because of the run: if one of them causes a notification, the run counts
 *     as notified
 */
public record SettledRun(
        String run, @Nullable SuppressionReason reason, List<String> notifiableIncidents, String explanation) {

    public SettledRun {
        notifiableIncidents = List.copyOf(notifiableIncidents);
    }
}
