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
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.incident.Finding;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import java.util.Optional;

/** Sees what can be nobody's failure, whatever else has happened: it need not be remembered. */
public final class Screen {

    /**
     * Why nothing is said.
     *
     * @param reason by what name it is counted
     * @param words a sentence without the final stop
     */
    public record Refusal(Reason reason, String words) {}

    private Screen() {}

    /** Empty if the run counts. */
    public static Optional<Refusal> refuses(Finding finding) {
        JobRun run = finding.run();
        if (!run.state().isFinal() || run.state() == JobState.ABORTED) {
            return Optional.of(new Refusal(
                    Reason.NOT_A_RESULT, "the run is " + run.state().prowName() + ", which says nothing of the lane"));
        }
        if (finding.origin() == Finding.Origin.PLUGIN) {
            return Optional.of(new Refusal(
                    Reason.EXCLUDED_JOB, run.job() + " was made by a plugin of the cluster to try something out"));
        }
        return Optional.empty();
    }
}
