// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.engine.suspect.SuspectSearch;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.Repository;
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
 * @param suspects what may have broken it; null unless it is about a lane of a repository that the reader may see
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
        @Nullable Suspects suspects,
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
                suspects(context, stored.incident()),
                diagnosis.trace());
    }

    /**
     * What may have broken a lane.
     *
     * @param conclusion what messages name, or why they name nothing
     * @param hypotheses each with its posterior and evidence, the most probable first
     */
    public record Suspects(String conclusion, List<String> hypotheses) {
        public Suspects {
            hypotheses = List.copyOf(hypotheses);
        }
    }

    private static @Nullable Suspects suspects(ReadContext context, IncidentView incident) {
        return incident.repository()
                .flatMap(Repository::parse)
                .filter(context::mayShow)
                .flatMap(shown -> new SuspectSearch(context.config(), context.transaction()).report(incident))
                .map(report -> new Suspects(report.conclusion(), report.details()))
                .orElse(null);
    }
}
