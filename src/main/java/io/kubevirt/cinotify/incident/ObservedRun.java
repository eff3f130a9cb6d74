// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.diagnosis.Diagnosis;

/**
 * A run that has come to a state. Those that have not ended are taken as well and settled as no result.
 *
 * @param id the identity under which the rulings speak of it
 * @param diagnosedRun the run, and what it is
 * @param jobThresholds what its job says of itself
 */
public record ObservedRun(
        String id,
        @JsonAlias("finding") DiagnosedRun diagnosedRun,
        @JsonAlias("own") JobThresholds jobThresholds) {

    /** The same run, known better. */
    public ObservedRun withDiagnosis(Diagnosis diagnosis) {
        return new ObservedRun(
                id,
                new DiagnosedRun(diagnosedRun.run(), diagnosis, diagnosedRun.required(), diagnosedRun.origin()),
                jobThresholds);
    }
}
