// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for artifacts. A run of {@code testLanes} without JUnit files failed before its tests; if null, that is
 * unknown.
 */
public record EvidenceRules(
        LineRules lines,
        @Nullable Pattern testLanes,
        @Nullable String nodeArea,
        @Nullable String setupArea) {

    public static final EvidenceRules NONE = new EvidenceRules(LineRules.NONE, null, null, null);

    boolean expectTestsOf(String job) {
        return testLanes != null && testLanes.matcher(job).find();
    }
}
