// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;

/**
 * Weighs how far a failure has spread against what the run itself shows. A run that shows its cause is believed; breadth
 * decides where it shows none, and says so where it decides nothing either.
 */
public final class BreadthEvaluator {

    /** What it is called in traces. */
    public static final String RULE = "breadth";

    private final String sharedArea;
    private final BreadthRules rules;

    /**
     * @param sharedArea the area of what many share
     * @param rules from where on breadth decides
     */
    public BreadthEvaluator(String sharedArea, BreadthRules rules) {
        this.sharedArea = sharedArea;
        this.rules = rules;
    }

    /**
     * The diagnosis in the light of what failed beside it.
     *
     * @param lane where the run's job belongs
     */
    public Diagnosis evaluate(Diagnosis found, Breadth breadth, Route lane) {
        Diagnosis diagnosis = found.because(sentence(breadth));
        if (found.confidence() == Confidence.HIGH || found.cause() == Cause.ABORTED) {
            return diagnosis;
        }
        if (breadth.samePulls() >= rules.samePulls()) {
            return sharedCause(
                    diagnosis,
                    FailureOccurrences.pluralize(breadth.samePulls(), "other pull request")
                            + " failed in the same way");
        }
        boolean known = found.symptoms() != null;
        if (known && breadth.sameLanes() >= rules.sameLanes() && breadth.samePulls() == 0) {
            return causedByChange(
                    diagnosis, lane, breadth.sameLanes() + " lanes of this pull request failed so, and nobody else's");
        }
        if (found.cause() == Cause.TEST && known) {
            return diagnosis;
        }
        if (breadth.lanes() >= rules.lanes() && breadth.pulls() >= rules.pulls()) {
            return sharedCause(
                    diagnosis,
                    breadth.lanes() + " lanes of this pull request and "
                            + FailureOccurrences.pluralize(breadth.pulls(), "other pull request")
                            + " fail at the same time");
        }
        return breadth.lanes() >= rules.lanes() ? unclear(diagnosis, breadth, lane) : diagnosis;
    }

    private Diagnosis sharedCause(Diagnosis found, String because) {
        return decided(found, Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, sharedArea, because);
    }

    private static Diagnosis causedByChange(Diagnosis found, Route lane, String because) {
        Cause cause = found.cause() == Cause.SETUP ? Cause.SETUP : Cause.BUILD;
        return decided(found, cause, lane.sig(), lane.area(), because);
    }

    private Diagnosis unclear(Diagnosis found, Breadth breadth, Route lane) {
        return found.withConfidence(Confidence.LOW)
                .withAmbiguity(new Ambiguity(
                        "what its lanes share (area " + sharedArea + "), as " + breadth.lanes()
                                + " lanes of this pull request are red",
                        Ambiguity.describeChange(lane)));
    }

    private static Diagnosis decided(Diagnosis found, Cause cause, String sig, String area, String because) {
        return new Diagnosis(
                        cause,
                        sig,
                        area,
                        Confidence.MEDIUM,
                        RULE,
                        found.trace(),
                        found.symptoms(),
                        null,
                        found.knownIssue())
                .because(Diagnosis.reason(RULE, because));
    }

    private String sentence(Breadth breadth) {
        return "beside it: " + breadth.lanes() + " red lanes of its pull request within "
                + GoDuration.format(rules.batch()) + ", "
                + breadth.pulls() + " other pull requests within " + GoDuration.format(rules.near()) + ", "
                + breadth.samePulls() + " of them with the same failure";
    }
}
