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
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.prow.JobRun;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a lane.
 *
 * @param runs its finished runs, the one in question among them, in any order
 * @param incidents its incidents, in any order
 */
public record LaneHistory(List<JobRun> runs, List<Incident> incidents) {

    /** Copies the lists. */
    public LaneHistory {
        runs = List.copyOf(runs);
        incidents = List.copyOf(incidents);
    }

    Optional<Incident> open() {
        return incidents.stream()
                .filter(incident -> incident.state() == IncidentState.OPEN)
                .findFirst();
    }

    /** The incident of a stretch that is over. */
    Optional<Incident> resolvedOf(RedStretch stretch) {
        return incidents.stream()
                .filter(incident -> incident.state() == IncidentState.RESOLVED)
                .filter(incident -> incident.firstBuild() != null && stretch.contains(incident.firstBuild()))
                .findFirst();
    }
}
