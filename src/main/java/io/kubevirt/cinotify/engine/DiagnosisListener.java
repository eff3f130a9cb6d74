// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.NodeFailure;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Who wants to know what the artifacts of a red run say of it. */
@FunctionalInterface
public interface DiagnosisListener {

    /**
     * What is known now, and was not when the run was seen. May be told several times of one run, each time with more.
     *
     * @param run its id, as it was given when its artifacts were wanted
     */
    record DiagnosisUpdate(String run, Diagnosis diagnosis) {}

    /** What follows from it for the incident core. */
    static List<IncidentEvent> events(DiagnosisUpdate lesson, IncidentUnitOfWork sitting) {
        List<IncidentEvent> inputs = new ArrayList<>();
        inputs.add(new IncidentEvent.DiagnosisRevised(sitting.now(), lesson.run(), lesson.diagnosis()));
        if (lesson.diagnosis().rule().equals(NodeFailure.RULE)) {
            inputs.addAll(new NodeHealth(sitting.config(), sitting.transaction(), sitting.now()).changes());
        }
        return inputs;
    }

    /** Learns what the work finds, in the transaction in which the work notes that it has found it. */
    void onUpdate(Function<Transaction, Optional<DiagnosisUpdate>> work);
}
