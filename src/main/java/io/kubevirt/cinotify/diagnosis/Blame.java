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

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Weighs how far a failure has spread against what the run itself shows. A run that shows its cause is believed; breadth
 * decides where it shows none, and says so where it decides nothing either.
 */
public final class Blame {

    /**
     * Of failures with five or more red lanes in one pull request's batch 76 of 100 were not the tests, of those with ten
     * or more 97; with one or two, one in four (failure-history §4, 2,157 builds).
     */
    private static final int LANES_OF_ONE_PULL = 5;

    /** With so many other pull requests beside it 71 of 100 were not the tests (the same). */
    private static final int OTHER_PULLS = 6;

    /** The same failure on so many pull requests beside this one is not the fault of this one's change. */
    private static final int SAME_ELSEWHERE = 2;

    /** The same failure on so many lanes of this pull request, and nowhere else, is the fault of its change. */
    private static final int SAME_LANES = 3;

    /** What it is called in traces. */
    public static final String RULE = "breadth";

    private final String sharedArea;

    /** @param sharedArea the area of what many share */
    public Blame(String sharedArea) {
        this.sharedArea = sharedArea;
    }

    /**
     * The diagnosis in the light of what failed beside it.
     *
     * @param lane where the run's job belongs
     */
    public Diagnosis weigh(Diagnosis found, Breadth breadth, Route lane) {
        Diagnosis diagnosis = found.because(sentence(breadth));
        if (found.confidence() == Confidence.HIGH || found.cause() == Cause.ABORTED) {
            return diagnosis;
        }
        if (breadth.samePulls() >= SAME_ELSEWHERE) {
            return shared(diagnosis, breadth.samePulls() + " other pull requests failed in the same way");
        }
        boolean known = found.symptoms() != null;
        if (known && breadth.sameLanes() >= SAME_LANES && breadth.samePulls() == 0) {
            return its(
                    diagnosis, lane, breadth.sameLanes() + " lanes of this pull request failed so, and nobody else's");
        }
        if (found.cause() == Cause.TEST && known) {
            return diagnosis;
        }
        if (breadth.lanes() >= LANES_OF_ONE_PULL && breadth.pulls() >= OTHER_PULLS) {
            return shared(diagnosis, "many lanes and many pull requests fail at once");
        }
        return breadth.lanes() >= LANES_OF_ONE_PULL ? unclear(diagnosis, lane) : diagnosis;
    }

    private Diagnosis shared(Diagnosis found, String because) {
        return decided(found, Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, sharedArea, because);
    }

    private static Diagnosis its(Diagnosis found, Route lane, String because) {
        Cause cause = found.cause() == Cause.SETUP ? Cause.SETUP : Cause.BUILD;
        return decided(found, cause, lane.sig(), lane.area(), because);
    }

    private static Diagnosis unclear(Diagnosis found, Route lane) {
        return new Diagnosis(
                found.cause(),
                found.sig(),
                found.area(),
                Confidence.LOW,
                found.rule(),
                with(
                        found,
                        "unclear: on the one hand what the lanes share, on the other the change itself, then "
                                + lane.sig()),
                found.symptoms());
    }

    private static Diagnosis decided(Diagnosis found, Cause cause, String sig, String area, String because) {
        @Nullable Symptoms symptoms = found.symptoms();
        return new Diagnosis(
                cause, sig, area, Confidence.MEDIUM, RULE, with(found, "rule " + RULE + ": " + because), symptoms);
    }

    private static List<String> with(Diagnosis found, String reason) {
        List<String> trace = new ArrayList<>(found.trace());
        trace.add(Objects.requireNonNull(reason));
        return trace;
    }

    private static String sentence(Breadth breadth) {
        return "beside it: " + breadth.lanes() + " red lanes of its pull request within an hour, "
                + breadth.pulls() + " other pull requests within an hour and a half, "
                + breadth.samePulls() + " of them with the same failure";
    }
}
