// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import java.util.List;

/**
 * Writes down what was decided, with its reason.
 *
 * @param lane where the run's job belongs
 * @param trace gets the reason
 */
record DiagnosisFactory(Route lane, List<String> trace) {

    /** By a rule that says everything. */
    Diagnosis byRoute(Route route) {
        if (!route.equals(lane)) {
            trace.add("rule " + lane.rule() + " alone would have said " + lane.sig());
        }
        trace.add("rule " + route.rule() + ": " + route.because());
        return new Diagnosis(route.cause(), route.sig(), route.area(), route.confidence(), route.rule(), trace);
    }

    /** The lane's SIG can mend it. */
    Diagnosis bySigOfLane(Cause cause, String rule, String because) {
        trace.add("rule " + rule + ": " + because + "; the lane belongs to " + lane.sig());
        return new Diagnosis(cause, lane.sig(), lane.area(), Confidence.HIGH, rule, trace);
    }

    /** No SIG can mend it. */
    Diagnosis withoutSig(Cause cause, String area, String rule, String because) {
        trace.add("rule " + rule + ": " + because + "; the lane itself belongs to " + lane.sig());
        return new Diagnosis(cause, Diagnosis.NO_SIG, area, Confidence.HIGH, rule, trace);
    }

    /** It died before its tests, and nobody knows why. */
    Diagnosis diedBeforeTests(String area) {
        trace.add("rule died-before-tests: its upload has ended without a JUnit file, so it died before its tests");
        return new Diagnosis(Cause.SETUP, Diagnosis.NO_SIG, area, Confidence.LOW, "died-before-tests", trace)
                .withAmbiguity(new Ambiguity(
                        "what brings its clusters up (area " + area + ")", Ambiguity.describeChange(lane)));
    }
}
