// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import io.kubevirt.cinotify.text.Plural;
import java.time.Instant;

/**
 * What a person says about a suspect.
 *
 * @param suspect {@code org/repo#123} or {@code definition}
 * @param confirmed whether it broke the lane
 */
public record SuspectVerdict(Instant at, String person, String incident, String suspect, boolean confirmed) {
    /** Stands for the lane's own definition. */
    public static final String DEFINITION = "definition";

    /** Of the suspects that messages named, by incident; right and wrong by the last verdict. */
    public record Figures(int right, int wrong, int notShown) {
        /** Empty without a verdict. */
        public String sentence() {
            int named = right + wrong;
            if (named + notShown == 0) {
                return "";
            }
            String share = named == 0 ? "" : " (" + 100 * right / named + " %)";
            return right + " of " + Plural.of(named, "suspect") + " with a verdict right" + share + ", "
                    + Plural.of(notShown, "culprit") + " not shown";
        }
    }
}
