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

import io.kubevirt.cinotify.prow.JobConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sees what does not happen: periodic jobs that do not start, clusters that do not start what waits, a Prow that is silent
 * (design.md section 5). The wider problem is told in place of the narrower ones that it explains.
 */
public final class Timeliness {

    /**
     * A run that was not seen for so long has ended unseen: Prow keeps ended ones for a week unless it is told otherwise
     * (prow-contract §6), so that after a gap each shows that it has ended, or still waits.
     */
    private static final Duration KEPT = Duration.ofDays(7);

    private final TimelinessRules rules;
    private final Addressing addressing;
    private final RunsSeen runs;
    private final Incidents incidents;
    private final Schedules schedules;

    /**
     * @param rules how long is too long
     * @param addressing finds the person to tell
     * @param runs what has been seen
     * @param incidents what is open already
     * @param schedules since when each job has been on its schedule
     */
    public Timeliness(
            TimelinessRules rules, Addressing addressing, RunsSeen runs, Incidents incidents, Schedules schedules) {
        this.rules = rules;
        this.addressing = addressing;
        this.runs = runs;
        this.incidents = incidents;
        this.schedules = schedules;
    }

    /**
     * Looks at what has been seen; to be called about once a minute.
     *
     * @param watch since when the plugin sees; nothing is concluded while it is blind, nor just after
     * @param jobs the job configuration in force
     * @return what follows, at least one outcome per incident opened or closed
     */
    public List<Outcome> look(Watch watch, JobConfig jobs, Instant now) {
        // Also while nothing is concluded: the count begins with the first look at a schedule.
        List<Expectation> expectations = new Expectations(rules, schedules, runs, incidents).of(jobs, now);
        Instant seenSince = watch.unbrokenSince();
        if (seenSince == null || !watch.isSteady(rules.grace(), now)) {
            return List.of();
        }
        Map<String, Instant> lastPods = runs.lastPods();
        List<ClusterQueue> queues =
                new ClusterQueues(rules, jobs, lastPods, watch.began()).of(runs.waiting(now.minus(KEPT)), now);
        Silence silence = new Silence(rules, expectations, queues, lastPods, now);
        Reporting reporting = new Reporting(rules.areas(), new Lifecycle(addressing), watch, now);

        SilenceReport silent = new SilenceReport(silence, incidents, reporting);
        List<Outcome> outcomes = new ArrayList<>(silent.outcomes());
        StalledReport stalled = new StalledReport(incidents, reporting, silent.isSilent());
        outcomes.addAll(stalled.on(queues));
        MissingReport missing =
                new MissingReport(incidents, reporting, silent.isSilent() || silence.isSuspected(), stalled.clusters());
        outcomes.addAll(missing.on(expectations, jobs));
        return List.copyOf(outcomes);
    }
}
