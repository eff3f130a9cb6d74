// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.store.BoardQuery.StoredIncident;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident with its evidence.
 *
 * @param tests failing tests
 * @param excerpt the lines of the log that show the failure
 * @param excerptUrl the page of these lines
 * @param ambiguity the alternatives if the diagnosis is ambiguous
 * @param trace how the diagnosis was made, in order
 */
public record IncidentDetail(
        @JsonUnwrapped IncidentItem incident,
        List<String> tests,
        List<String> excerpt,
        @Nullable String excerptUrl,
        @Nullable String occurrences,
        @Nullable KnownIssueMatch knownIssue,
        @Nullable String ambiguity,
        List<String> trace) {
    static IncidentDetail of(ReadContext context, StoredIncident stored) {
        Diagnosis diagnosis = stored.incident().diagnosis();
        Symptoms symptoms = diagnosis.symptoms();
        Diagnosis.Ambiguity doubt = diagnosis.ambiguity();
        return new IncidentDetail(
                IncidentItem.of(context, stored),
                symptoms == null ? List.of() : symptoms.failingTests(),
                symptoms == null ? List.of() : symptoms.excerpt(),
                symptoms == null ? null : symptoms.excerptUrl(),
                symptoms == null || symptoms.occurrences() == null
                        ? null
                        : symptoms.occurrences().where(),
                diagnosis.knownIssue(),
                doubt == null ? null : doubt.sentence(),
                diagnosis.trace());
    }
}
