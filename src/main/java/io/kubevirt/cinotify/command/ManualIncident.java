// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person asks for the one who is responsible: an incident that was opened by hand.
 *
 * @param key the same for the same request, so that asking twice opens one incident
 * @param title what it is about; holds outside text
 * @param diagnosis whose it is
 * @param why who asks, and with which words; holds outside text
 * @param lanes the jobs that are red, where it is about some
 * @param from where it was asked
 * @param onlyRecipient the handle of the member who alone is told: a rehearsal; null for whoever is responsible
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
