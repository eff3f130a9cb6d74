// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
record LabelSuggestion(String label, String why) {

    private static final String NO_MATCH = "no label, word or repository speaks for any other";

    /**
     * Labels say more than words, and words more than the place.
     *
     * @param triage proposed where nothing speaks for any
     */
    static LabelSuggestion of(OpenIssue issue, List<GroomingLabel> labels, String triage) {
        List<Function<GroomingLabel, Optional<String>>> signs = List.of(
                label -> label.matchLabel(issue),
                label -> label.matchTitle(issue),
                label -> label.matchRepository(issue));
        return signs.stream()
                .flatMap(sign -> labels.stream()
                        .flatMap(label ->
                                sign.apply(label).map(why -> new LabelSuggestion(label.label(), why)).stream()))
                .findFirst()
                .orElseGet(() -> new LabelSuggestion(triage, NO_MATCH));
    }
}
