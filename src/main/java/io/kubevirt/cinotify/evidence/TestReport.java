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
package io.kubevirt.cinotify.evidence;

import java.util.List;

/**
 * What the JUnit files of a run tell.
 *
 * @param failed the names of tests that failed, normalised, each once; bounded
 * @param failedCount how many failed, those beyond the bound included
 * @param said what the first failed test that says anything says, a few lines; empty if none does
 * @param ran how many ran; those that a lane leaves out are listed as skipped and do not count
 */
public record TestReport(List<String> failed, int failedCount, List<String> said, int ran) {

    /** No test is known of. */
    public static final TestReport NONE = new TestReport(List.of(), 0, List.of(), 0);

    /** Copies the lists. */
    public TestReport {
        failed = List.copyOf(failed);
        said = List.copyOf(said);
    }
}
