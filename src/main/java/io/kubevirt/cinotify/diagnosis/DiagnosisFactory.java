// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import java.util.List;

/** Creates diagnoses and adds their reasons to the trace. */
record DiagnosisFactory(Route lane, List<String> trace) {
    /** By a route that determines everything. */
    Diagnosis byRoute(Route route) {
        if (!route.equals(lane)) {
            trace.add("rule " + lane.rule() + " alone would give " + lane.sig());
        }
        trace.add("rule " + route.rule() + ": " + route.because());
        return new Diagnosis(route.cause(), route.sig(), route.area(), route.confidence(), route.rule(), trace);
    }

    /** A failure that belongs to the SIG of the lane. */
    Diagnosis bySigOfLane(Cause cause, String rule, String because) {
        trace.add("rule " + rule + ": " + because + "; the lane belongs to " + lane.sig());
        return new Diagnosis(cause, lane.sig(), lane.area(), Confidence.HIGH, rule, trace);
    }

    /** A failure that no SIG can fix. */
    Diagnosis withoutSig(Cause cause, String area, String rule, String because) {
        trace.add("rule " + rule + ": " + because + "; the lane itself belongs to " + lane.sig());
        return new Diagnosis(cause, Diagnosis.NO_SIG, area, Confidence.HIGH, rule, trace);
    }

    /** A failure before or around the tests with an unknown reason. */
    Diagnosis unclearSetup(String area, String rule, String because) {
        trace.add("rule " + rule + ": " + because);
        return new Diagnosis(Cause.SETUP, Diagnosis.NO_SIG, area, Confidence.LOW, rule, trace)
                .withAmbiguity(
                        new Ambiguity("the setup of its cluster (area " + area + ")", Ambiguity.describeChange(lane)));
    }
}
