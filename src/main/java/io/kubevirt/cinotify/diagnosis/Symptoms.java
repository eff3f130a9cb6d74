// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the artifacts of a failed run show; the signature is equal for the same problem wherever it occurs (design.md
 * section 4). All text is untrusted: escape it.
 */
public record Symptoms(
        String signature,
        List<String> excerpt,
        @Nullable String excerptUrl,
        List<String> failingTests,
        int failedCount,
        @Nullable String node,
        @JsonAlias("same") @Nullable FailureOccurrences occurrences) {
    public Symptoms {
        excerpt = List.copyOf(excerpt);
        failingTests = List.copyOf(failingTests);
    }

    /** Not yet compared with other runs. */
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
