// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configured rules for artifacts.
 *
 * @param lines rules for lines of build logs
 * @param testLanes matches jobs whose runs write JUnit files, so that a run without them failed before its tests; null
 *     if unknown for all jobs
 * @param nodeArea the area of node failures; null for that of infrastructure
 * @param setupArea the area of unexplained failures before the tests; null for the area of the lane
 */
public record EvidenceRules(
        LineRules lines,
        @Nullable Pattern testLanes,
        @Nullable String nodeArea,
        @Nullable String setupArea) {

    /** No rules are configured. */
    public static final EvidenceRules NONE = new EvidenceRules(LineRules.NONE, null, null, null);

    boolean expectTestsOf(String job) {
        return testLanes != null && testLanes.matcher(job).find();
    }
}
