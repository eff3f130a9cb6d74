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
