// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a red run is and whose it is.
 *
 * @param cause why it is red
 * @param sig the short name of the SIG that can mend it, {@code none} for the CI itself, {@code multi} for several
 * @param area the one area of the operations group that answers for it
 * @param confidence how far to trust this
 * @param rule the name of the rule that decided
 * @param trace how it was decided, a sentence a step
 * @param symptoms what the artifacts show; null without evidence
 * @param ambiguity what else it may be, where nothing decides; null otherwise
 * @param knownIssue who already cares for it; null if nobody is known to
 */
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

    /** The SIG of failures that no SIG can mend: the CI itself. */
    public static final String NO_SIG = "none";

    /** The SIG of lanes that run the tests of several. */
    public static final String SEVERAL_SIGS = "multi";

    /** Copies the trace. */
    public Diagnosis {
        trace = List.copyOf(trace);
    }

    /** Without evidence. */
    public Diagnosis(Cause cause, String sig, String area, Confidence confidence, String rule, List<String> trace) {
        this(cause, sig, area, confidence, rule, trace, null, null, null);
    }

    /** Beyond doubt. */
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

    /** The same with what the artifacts show. */
    public Diagnosis with(Symptoms shown) {
        return new Diagnosis(cause, sig, area, confidence, rule, trace, shown, ambiguity, knownIssue);
    }

    /** The same for another SIG and area. */
    Diagnosis withSigAndArea(String otherSig, String otherArea) {
        return new Diagnosis(cause, otherSig, otherArea, confidence, rule, trace, symptoms, ambiguity, knownIssue);
    }

    /** The same, surer or less sure. */
    Diagnosis withConfidence(Confidence other) {
        return new Diagnosis(cause, sig, area, other, rule, trace, symptoms, ambiguity, knownIssue);
    }

    /** The same, with a sick node as its cause: no SIG can mend that. */
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

    /** The same, compared with what others show. */
    public Diagnosis with(FailureOccurrences compared) {
        @Nullable Symptoms shown = symptoms == null ? null : symptoms.with(compared);
        return new Diagnosis(cause, sig, area, confidence, rule, trace, shown, ambiguity, knownIssue)
                .because(compared.sentence());
    }

    /** The same with one more reason. */
    public Diagnosis because(String reason) {
        List<String> reasons = new ArrayList<>(trace);
        reasons.add(reason);
        return new Diagnosis(cause, sig, area, confidence, rule, reasons, symptoms, ambiguity, knownIssue);
    }

    /** The same, where nothing decides what it is. */
    Diagnosis withAmbiguity(Ambiguity between) {
        return new Diagnosis(cause, sig, area, confidence, rule, trace, symptoms, between, knownIssue)
                .because(between.sentence());
    }

    /** How the trace says why a rule decided. */
    public static String reason(String rule, String because) {
        return "rule " + rule + ": " + because;
    }

    /** Why its rule decided; empty where the trace does not say. */
    public String because() {
        String begin = reason(rule, "");
        return trace.reversed().stream()
                .filter(step -> step.startsWith(begin))
                .map(step -> step.substring(begin.length()))
                .findFirst()
                .orElse("");
    }

    /** Whether somebody else must see to it. */
    public boolean ownerDiffersFrom(Diagnosis other) {
        return !(sig.equals(other.sig) && area.equals(other.area) && cause == other.cause);
    }

    /** Whether it has evidence, or somebody who cares, where the other has not. */
    public boolean hasMoreEvidenceThan(Diagnosis other) {
        return (symptoms != null && other.symptoms == null) || (knownIssue != null && other.knownIssue == null);
    }

    /** The same, and who already cares for it; null for nobody. */
    public Diagnosis knownIssue(@Nullable KnownIssueMatch issue) {
        return new Diagnosis(cause, sig, area, confidence, rule, trace, symptoms, ambiguity, issue);
    }

    /** Whether there is one SIG that can be asked. */
    public boolean hasSig() {
        return !sig.equals(NO_SIG) && !sig.equals(SEVERAL_SIGS);
    }
}
