// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident that a command opens.
 *
 * @param key the same for the same request; a repetition opens no second incident
 * @param title contains outside text
 * @param diagnosis its area and SIG
 * @param why the request; contains outside text
 * @param lanes the failed jobs, if any
 * @param from the comment with the command
 * @param onlyRecipient for a drill, the only person to notify; null for whoever is responsible
 */
public record ManualIncident(
        String key,
        String title,
        Diagnosis diagnosis,
        String why,
        List<String> lanes,
        Comment from,
        @Nullable String onlyRecipient) {

    /** Copies the lanes. */
    public ManualIncident {
        lanes = List.copyOf(lanes);
    }
}
