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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.diagnosis.FailingTests;
import io.kubevirt.cinotify.evidence.Evidence;
import io.kubevirt.cinotify.prow.JobRun;
import org.jspecify.annotations.Nullable;

/**
 * A failure as somebody describes it.
 *
 * @param run the run
 * @param tests its failing tests, as far as they were named
 * @param evidence what it left behind; null if that was not looked at
 */
record Failure(JobRun run, FailingTests tests, @Nullable Evidence evidence) {

    Failure(JobRun run, FailingTests tests) {
        this(run, tests, null);
    }

    /** The same with what it left behind. */
    Failure with(Evidence left) {
        return new Failure(run, tests, left);
    }
}
