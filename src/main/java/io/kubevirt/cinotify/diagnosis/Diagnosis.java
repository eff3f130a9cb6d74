// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cause of a failed run and who is responsible; the trace has one sentence for each step. */
public record Diagnosis(
        Cause cause,
        String sig,
        String area,
        Confidence confidence,
        String rule,
        List<String> trace,
        @Nullable Symptoms symptoms,
        @JsonAlias("doubt") @Nullable Ambiguity ambiguity,
        @JsonAlias("known") @Nullable KnownIssueMatch knownIssue) {
    /** The SIG of failures that no SIG can fix: the CI itself. */
    public static final String NO_SIG = "none";

    /** The SIG of lanes that run tests of several SIGs. */
    public static final String SEVERAL_SIGS = "multi";

    public Diagnosis {
        trace = List.copyOf(trace);
    }

    public Diagnosis(Cause cause, String sig, String area, Confidence confidence, String rule, List<String> trace) {
        this(cause, sig, area, confidence, rule, trace, null, null, null);
    }

    public Diagnosis(
            Cause cause,
            String sig,
            String area,
            Confidence confidence,
            String rule,
            List<String> trace,
            @Nullable Symptoms symptoms) {
        this(cause, sig, area, confidence, rule, trace, symptoms, null, null);
    }

    public Diagnosis with(Symptoms shown) {
        return new Diagnosis(cause, sig, area, confidence, rule, trace, shown, ambiguity, knownIssue);
    }

    Diagnosis withSigAndArea(String otherSig, String otherArea) {
        return new Diagnosis(cause, otherSig, otherArea, confidence, rule, trace, symptoms, ambiguity, knownIssue);
    }

    Diagnosis withConfidence(Confidence other) {
        return new Diagnosis(cause, sig, area, other, rule, trace, symptoms, ambiguity, knownIssue);
    }

    public Diagnosis causedByNode(NodeFailure node, String area) {
        return new Diagnosis(
                        Cause.INFRASTRUCTURE,
                        NO_SIG,
                        area,
                        Confidence.HIGH,
                        NodeFailure.RULE,
                        trace,
                        symptoms,
                        null,
                        knownIssue)
                .because(reason(NodeFailure.RULE, node.sentence()));
    }

    public Diagnosis with(FailureOccurrences compared) {
        @Nullable Symptoms shown = symptoms == null ? null : symptoms.with(compared);
        return new Diagnosis(cause, sig, area, confidence, rule, trace, shown, ambiguity, knownIssue)
                .because(compared.sentence());
    }

    public Diagnosis because(String reason) {
        List<String> reasons = new ArrayList<>(trace);
        reasons.add(reason);
        return new Diagnosis(cause, sig, area, confidence, rule, reasons, symptoms, ambiguity, knownIssue);
    }

    Diagnosis withAmbiguity(Ambiguity between) {
        return new Diagnosis(cause, sig, area, confidence, rule, trace, symptoms, between, knownIssue)
                .because(between.sentence());
    }

    /** Nothing distinguishes the two possible causes. */
    Diagnosis unclear(String sharedCause, String changeCause) {
        return withConfidence(Confidence.LOW).withAmbiguity(new Ambiguity(sharedCause, changeCause));
    }

    public static String reason(String rule, String because) {
        return "rule " + rule + ": " + because;
    }

    /** The reason given by the rule that decided; empty if the trace has none. */
    public String because() {
        String begin = reason(rule, "");
        return trace.reversed().stream()
                .filter(step -> step.startsWith(begin))
                .map(step -> step.substring(begin.length()))
                .findFirst()
                .orElse("");
    }

    public boolean ownerDiffersFrom(Diagnosis other) {
        return !(sig.equals(other.sig) && area.equals(other.area) && cause == other.cause);
    }

    /** Whether it has symptoms or a known issue that the other lacks. */
    public boolean hasMoreEvidenceThan(Diagnosis other) {
        return (symptoms != null && other.symptoms == null) || (knownIssue != null && other.knownIssue == null);
    }

    public Diagnosis knownIssue(@Nullable KnownIssueMatch issue) {
        return new Diagnosis(cause, sig, area, confidence, rule, trace, symptoms, ambiguity, issue);
    }

    public boolean hasSig() {
        return !sig.equals(NO_SIG) && !sig.equals(SEVERAL_SIGS);
    }

    /** The two possible causes of a failure that the evidence cannot distinguish, each as a phrase. */
    public record Ambiguity(
            @JsonAlias("oneHand") String sharedCause,
            @JsonAlias("otherHand") String changeCause) {
        public String sentence() {
            return "unclear: either " + sharedCause + ", or " + changeCause;
        }

        /** The change itself, with the SIG of the lane if there is one. */
        static String describeChange(Route lane) {
            boolean one = !lane.sig().equals(Diagnosis.NO_SIG) && !lane.sig().equals(Diagnosis.SEVERAL_SIGS);
            return "the change itself" + (one ? " (SIG " + lane.sig() + ")" : "");
        }
    }
}
