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
package io.kubevirt.cinotify.digest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A label that an issue might get; a person decides.
 *
 * @param label as it stands on issues
 * @param why a sentence without the final stop; text from outside may be in it
 */
record Proposal(String label, String why) {

    private static final String NO_SIGN = "no label, word or repository speaks for any other";

    /**
     * Labels say more than words, and words more than the place.
     *
     * @param triage proposed where nothing speaks for any
     */
    static Proposal of(OpenIssue issue, List<WorkLabel> labels, String triage) {
        List<Function<WorkLabel, Optional<String>>> signs =
                List.of(label -> label.akinTo(issue), label -> label.namedIn(issue), label -> label.livesIn(issue));
        return signs.stream()
                .flatMap(sign -> labels.stream()
                        .flatMap(label -> sign.apply(label).map(why -> new Proposal(label.label(), why)).stream()))
                .findFirst()
                .orElseGet(() -> new Proposal(triage, NO_SIGN));
    }
}
