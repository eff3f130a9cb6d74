// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refines a diagnosis by the breadth of a failure. A run with a clear cause keeps it. Without one, breadth decides, or
 * records that the cause is ambiguous.
 */
public final class BreadthEvaluator {
    public static final String RULE = "breadth";

    private final String sharedArea;
    private final BreadthConfig rules;

    public BreadthEvaluator(String sharedArea, BreadthConfig rules) {
        this.sharedArea = sharedArea;
        this.rules = rules;
    }

    public Diagnosis evaluate(Diagnosis found, Breadth breadth, Route lane) {
        Diagnosis diagnosis = found.because(sentence(breadth));
        if (found.confidence() == Confidence.HIGH || found.cause() == Cause.ABORTED) {
            return diagnosis;
        }
        if (breadth.samePulls() >= rules.samePulls()) {
            return sharedCause(
                    diagnosis, Plural.of(breadth.samePulls(), "other pull request") + " failed in the same way");
        }
        boolean hasSymptoms = found.symptoms() != null;
        if (hasSymptoms && breadth.sameLanes() >= rules.sameLanes() && breadth.samePulls() == 0) {
            return causedByChange(
                    diagnosis,
                    lane,
                    Plural.of(breadth.sameLanes(), "lane")
                            + " of this pull request failed in the same way, and no other pull request did");
        }
        if (found.cause() == Cause.TEST && hasSymptoms) {
            return diagnosis;
        }
        if (breadth.lanes() >= rules.lanes() && breadth.pulls() >= rules.pulls()) {
            return sharedCause(
                    diagnosis,
                    Plural.of(breadth.lanes(), "lane") + " of this pull request and "
                            + Plural.of(breadth.pulls(), "other pull request")
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
                        "a cause that its lanes share (area " + sharedArea + "), as " + breadth.lanes()
                                + " lanes of this pull request are failing",
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
        return "breadth: " + Plural.of(breadth.lanes(), "failed lane") + " of its pull request within "
                + GoDuration.format(rules.batch()) + ", "
                + Plural.of(breadth.pulls(), "other pull request") + " within " + GoDuration.format(rules.near()) + ", "
                + breadth.samePulls() + " of them with the same failure";
    }

    /** How many runs failed at about the same time: lanes of the pull request (with this one), other pull requests. */
    public record Breadth(int lanes, int pulls, int samePulls, int sameLanes) {
        /** Counts the failures before and after a run. */
        public static Breadth around(FailureRecord failure, Collection<FailureRecord> seen, BreadthConfig rules) {
            List<FailureRecord> near = seen.stream()
                    .filter(other -> !other.run().equals(failure.run()))
                    .filter(other -> apart(failure, other).compareTo(rules.near()) <= 0)
                    .toList();
            List<FailureRecord> mine = near.stream()
                    .filter(other -> other.isSamePull(failure))
                    .filter(other -> apart(failure, other).compareTo(rules.batch()) <= 0)
                    .toList();
            List<FailureRecord> others = near.stream()
                    .filter(other -> other.pull() != null && !other.isSamePull(failure))
                    .toList();
            return new Breadth(
                    lanes(mine.stream(), failure),
                    pulls(others.stream()),
                    pulls(others.stream().filter(failure::isSameFailure)),
                    lanes(mine.stream().filter(failure::isSameFailure), failure));
        }

        private static Duration apart(FailureRecord one, FailureRecord other) {
            return Duration.between(one.at(), other.at()).abs();
        }

        private static int lanes(Stream<FailureRecord> failures, FailureRecord own) {
            return (int) Stream.concat(failures, Stream.of(own))
                    .map(FailureRecord::job)
                    .distinct()
                    .count();
        }

        private static int pulls(Stream<FailureRecord> failures) {
            return (int) failures.map(other -> other.repository() + "#" + other.pull())
                    .distinct()
                    .count();
        }
    }
}
