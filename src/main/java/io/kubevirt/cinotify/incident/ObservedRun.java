// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.diagnosis.Diagnosis;

/**
 * A run in some state. A run that has not ended is accepted as well and settled as no result.
 *
 * @param id the id by which decisions refer to the run
 */
public record ObservedRun(
        String id,
        @JsonAlias("finding") DiagnosedRun diagnosedRun,
        @JsonAlias("own") JobThresholds jobThresholds) {

    /** The run with a newer diagnosis. */
    public ObservedRun withDiagnosis(Diagnosis diagnosis) {
        return new ObservedRun(
                id,
                new DiagnosedRun(diagnosedRun.run(), diagnosis, diagnosedRun.required(), diagnosedRun.origin()),
                jobThresholds);
    }
}
