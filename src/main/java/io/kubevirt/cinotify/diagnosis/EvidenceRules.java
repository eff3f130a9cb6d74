// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of evidence.
 *
 * @param lines what lines of build logs mean
 * @param testLanes in the name of a job: its runs write JUnit files, so that one without them died before its tests; null
 *     if nothing is known of any job
 * @param nodeArea the area of what a node did; null for that of infrastructure
 * @param setupArea the area of what died before its tests, nobody knows why; null for the lane's
 */
public record EvidenceRules(
        LineRules lines,
        @Nullable Pattern testLanes,
        @Nullable String nodeArea,
        @Nullable String setupArea) {

    /** Where the operator says nothing. */
    public static final EvidenceRules NONE = new EvidenceRules(LineRules.NONE, null, null, null);

    boolean expectTestsOf(String job) {
        return testLanes != null && testLanes.matcher(job).find();
    }
}
