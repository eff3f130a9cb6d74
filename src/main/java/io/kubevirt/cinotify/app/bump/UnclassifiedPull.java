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
package io.kubevirt.cinotify.app.bump;

import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.Problem;
import java.util.List;

/** A trusted bot's pull request that is of no class: somebody is told once, and nothing is guessed. */
final class UnclassifiedPull {

    /** What the key of each begins with. */
    static final String KEY = "unclassified ";

    private static final String RULE = "bump-unclassified";

    /** It stays unclassified until somebody changes the settings; nobody is pressed for that. */
    private static final Problem.Need REPORTED = new Problem.Need("classify", true);

    private UnclassifiedPull() {}

    static Problem problem(BumpPull pull, String area) {
        return new Problem(
                CaseKind.BUMP,
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
