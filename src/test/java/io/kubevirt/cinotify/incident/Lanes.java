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

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Lane;
import io.kubevirt.cinotify.roster.LastTold;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The core with a memory of its own: runs go in one by one, as the store would hand them. */
final class Lanes {

    /** The lane keeps pull requests from merging. */
    static final boolean BLOCKING = true;

    private final Addressing addressing = new Addressing(Seed.roster(), SigDirectory.empty(), LastTold.never());
    private final Map<Lane, List<JobRun>> runs = new LinkedHashMap<>();
    private final Map<String, Incident> incidents = new LinkedHashMap<>();

    /** An ordinary run. */
    Outcome see(JobRun run, Instant now) {
        return see(run, Finding.Origin.ORDINARY, now);
    }

    Outcome see(JobRun run, Finding.Origin origin, Instant now) {
        return see(run, origin, false, now);
    }

    /** A run of a lane that blocks merging. */
    Outcome see(JobRun run, boolean required, Instant now) {
        return see(run, Finding.Origin.ORDINARY, required, now);
    }

    private Outcome see(JobRun run, Finding.Origin origin, boolean required, Instant now) {
        List<JobRun> lane = runs.computeIfAbsent(run.lane(), none -> new ArrayList<>());
        if (run.state().isFinal() && run.state() != JobState.ABORTED) {
            lane.add(run);
        }
        Finding finding = new Finding(run, run.state().isRed() ? diagnosis() : null, required, origin);
        Outcome outcome = new LaneIncidents(addressing, now.minusSeconds(10))
                .on(finding, new LaneHistory(lane, ofLane(run.lane())), now);
        outcome.changed().forEach(incident -> incidents.put(incident.id(), incident));
        return outcome;
    }

    List<Incident> all() {
        return List.copyOf(incidents.values());
    }

    private List<Incident> ofLane(Lane lane) {
        return incidents.values().stream()
                .filter(incident -> incident.key().equals(IncidentKey.of(lane)))
                .toList();
    }

    static Diagnosis diagnosis() {
        return new Diagnosis(
                Cause.TEST, "network", "sig-support", Confidence.MEDIUM, "named", List.of("rule named: it says so"));
    }
}
