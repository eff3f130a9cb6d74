// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.bump;

import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.util.List;

/** A trusted bot's pull request that is of no class: somebody is told once, and nothing is guessed. */
final class UnclassifiedBump {

    /** What the key of each begins with. */
    static final String KEY = "unclassified ";

    private static final String RULE = "bump-unclassified";

    /** It stays unclassified until somebody changes the settings; nobody is pressed for that. */
    private static final ReportedProblem.Need REPORTED = new ReportedProblem.Need("classify", true);

    private UnclassifiedBump() {}

    static ReportedProblem problem(TrackedBump pull, String area) {
        return new ReportedProblem(
                IncidentKind.BUMP,
                KEY + pull.name(),
                "unclassified pull request " + pull.name(),
                new Diagnosis(
                        Cause.CONFIG,
                        Diagnosis.NO_SIG,
                        area,
                        Confidence.HIGH,
                        RULE,
                        List.of(pull.title() + ", " + pull.url())),
                false,
                "a bot that the settings know has opened it, and no class of bumps fits: add one, or tell it apart",
                List.of(),
                null,
                REPORTED,
                List.of());
    }
}
