// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the artifacts of a red run show of its failure. All text is from outside: escape it.
 *
 * @param signature equal for the same problem wherever it strikes (design.md section 4); empty if nothing was found
 * @param excerpt the first lines of the cause: of the build log, or of what a failed test says
 * @param excerptUrl where the log shows them, for people
 * @param failingTests names of failed tests, in order, cut to a few
 * @param failedCount how many tests failed, those cut included
 * @param node the node on which the run's pod was, where known
 * @param occurrences where else the same failure was seen; null as long as nobody has compared
 */
public record Symptoms(
        String signature,
        List<String> excerpt,
        @Nullable String excerptUrl,
        List<String> failingTests,
        int failedCount,
        @Nullable String node,
        @JsonAlias("same") @Nullable FailureOccurrences occurrences) {

    /** Copies the lists. */
    public Symptoms {
        excerpt = List.copyOf(excerpt);
        failingTests = List.copyOf(failingTests);
    }

    /** Of one run alone. */
    public Symptoms(
            String signature,
            List<String> excerpt,
            @Nullable String excerptUrl,
            List<String> failingTests,
            int failedCount,
            @Nullable String node) {
        this(signature, excerpt, excerptUrl, failingTests, failedCount, node, null);
    }

    /** The same, compared with what others show. */
    Symptoms with(FailureOccurrences compared) {
        return new Symptoms(signature, excerpt, excerptUrl, failingTests, failedCount, node, compared);
    }
}
