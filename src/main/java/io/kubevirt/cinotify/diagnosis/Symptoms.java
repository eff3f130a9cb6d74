// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the artifacts of a failed run show. All text is untrusted: escape it.
 *
 * @param signature equal for the same problem wherever it occurs (design.md section 4); empty if nothing was found
 * @param excerpt the first lines of the cause, from the build log or the message of a failed test
 * @param excerptUrl link to the excerpt
 * @param failingTests the first few names of failed tests
 * @param failedCount number of failed tests, including those not listed
 * @param node the node of the pod, if known
 * @param occurrences other occurrences of the failure; null until they have been searched
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

    /** Symptoms of one run, not yet compared with others. */
    public Symptoms(
            String signature,
            List<String> excerpt,
            @Nullable String excerptUrl,
            List<String> failingTests,
            int failedCount,
            @Nullable String node) {
        this(signature, excerpt, excerptUrl, failingTests, failedCount, node, null);
    }

    Symptoms with(FailureOccurrences compared) {
        return new Symptoms(signature, excerpt, excerptUrl, failingTests, failedCount, node, compared);
    }
}
