/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.diagnosis;

import java.util.List;

/**
 * Writes down what was decided, with its reason.
 *
 * @param lane where the run's job belongs
 * @param trace gets the reason
 */
record Verdict(Route lane, List<String> trace) {

    /** By a rule that says everything. */
    Diagnosis of(Route route) {
        if (!route.equals(lane)) {
            trace.add("rule " + lane.rule() + " alone would have said " + lane.sig());
        }
        trace.add("rule " + route.rule() + ": " + route.because());
        return new Diagnosis(route.cause(), route.sig(), route.area(), route.confidence(), route.rule(), trace);
    }

    /** The lane's SIG can mend it. */
    Diagnosis ofLane(Cause cause, String rule, String because) {
        trace.add("rule " + rule + ": " + because + "; the lane belongs to " + lane.sig());
        return new Diagnosis(cause, lane.sig(), lane.area(), Confidence.HIGH, rule, trace);
    }

    /** No SIG can mend it. */
    Diagnosis ofNobody(Cause cause, String area, String rule, String because) {
        trace.add("rule " + rule + ": " + because + "; the lane itself belongs to " + lane.sig());
        return new Diagnosis(cause, Diagnosis.NO_SIG, area, Confidence.HIGH, rule, trace);
    }

    /** It died before its tests, and nobody knows why. */
    Diagnosis unclear(String area) {
        trace.add("rule died-before-tests: its upload has ended without a JUnit file, so it died before its tests");
        return new Diagnosis(Cause.SETUP, Diagnosis.NO_SIG, area, Confidence.LOW, "died-before-tests", trace)
                .inDoubt(new Doubt("what brings its clusters up (area " + area + ")", Doubt.change(lane)));
    }
}
