// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.NodeFailure;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.metrics.PipelineMetrics;
import io.kubevirt.cinotify.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Receives the diagnosis of a failed run once its artifacts are read. */
@FunctionalInterface
public interface DiagnosisListener {
    /**
     * The revised diagnosis of a run. A run may be updated several times, each time with more evidence.
     *
     * @param run the id with which its artifacts were requested
     */
    record DiagnosisUpdate(String run, Diagnosis diagnosis) {}

    /** Passes updates on to the incident engine, and counts them. */
    static DiagnosisListener of(IncidentService incidentService) {
        return work -> incidentService
                .<Optional<DiagnosisUpdate>>decide(unitOfWork -> {
                    Optional<DiagnosisUpdate> update = work.apply(unitOfWork.transaction());
                    update.ifPresent(revised -> unitOfWork.process(events(revised, unitOfWork)));
                    return update;
                })
                .map(DiagnosisUpdate::diagnosis)
                .ifPresent(PipelineMetrics::countArtifactDiagnosis);
    }

    private static List<IncidentEvent> events(DiagnosisUpdate update, IncidentUnitOfWork unitOfWork) {
        List<IncidentEvent> events = new ArrayList<>();
        events.add(new IncidentEvent.DiagnosisRevised(unitOfWork.now(), update.run(), update.diagnosis()));
        if (update.diagnosis().rule().equals(NodeFailure.RULE)) {
            events.addAll(NodeHealthMonitor.changes(unitOfWork));
        }
        return events;
    }

    /** Runs the work and processes the update that it returns, all in one transaction. */
    void onUpdate(Function<Transaction, Optional<DiagnosisUpdate>> work);
}
