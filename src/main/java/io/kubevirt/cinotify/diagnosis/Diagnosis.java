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
 * @param known who already cares for it; null if nobody is known to
 */
public record Diagnosis(
        Cause cause,
        String sig,
        String area,
        Confidence confidence,
        String rule,
        List<String> trace,
        @Nullable Symptoms symptoms,
        @Nullable Known known) {

    /** The SIG of failures that no SIG can mend: the CI itself. */
    public static final String NO_SIG = "none";

    /** The SIG of lanes that run the tests of several. */
    public static final String SEVERAL_SIGS = "multi";

    /** Copies the trace. */
    public Diagnosis {
        trace = List.copyOf(trace);
    }

    /** One for which nobody is known to care. */
    public Diagnosis(
            Cause cause,
            String sig,
            String area,
            Confidence confidence,
            String rule,
            List<String> trace,
            @Nullable Symptoms symptoms) {
        this(cause, sig, area, confidence, rule, trace, symptoms, null);
    }

    /** Without evidence. */
    public Diagnosis(Cause cause, String sig, String area, Confidence confidence, String rule, List<String> trace) {
        this(cause, sig, area, confidence, rule, trace, null);
    }

    /** The same with what the artifacts show. */
    public Diagnosis with(Symptoms shown) {
        return new Diagnosis(cause, sig, area, confidence, rule, trace, shown);
    }

    /** The same for another SIG and area. */
    Diagnosis to(String otherSig, String otherArea) {
        return new Diagnosis(cause, otherSig, otherArea, confidence, rule, trace, symptoms);
    }

    /** The same, surer or less sure. */
    Diagnosis sure(Confidence other) {
        return new Diagnosis(cause, sig, area, other, rule, trace, symptoms);
    }

    /** The same, with a sick node as its cause: no SIG can mend that. */
    public Diagnosis ofNode(NodeTrouble node, String area) {
        return new Diagnosis(Cause.INFRASTRUCTURE, NO_SIG, area, Confidence.HIGH, NodeTrouble.RULE, trace, symptoms)
                .because("rule " + NodeTrouble.RULE + ": " + node.sentence());
    }

    /** The same with one more reason. */
    public Diagnosis because(String reason) {
        List<String> reasons = new ArrayList<>(trace);
        reasons.add(reason);
        return new Diagnosis(cause, sig, area, confidence, rule, reasons, symptoms, known);
    }

    /** The same, and who already cares for it; null for nobody. */
    public Diagnosis known(@Nullable Known issue) {
        return new Diagnosis(cause, sig, area, confidence, rule, trace, symptoms, issue);
    }

    /** Whether there is one SIG that can be asked. */
    public boolean hasSig() {
        return !sig.equals(NO_SIG) && !sig.equals(SEVERAL_SIGS);
    }
}
