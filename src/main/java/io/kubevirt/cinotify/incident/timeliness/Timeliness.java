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
package io.kubevirt.cinotify.incident.timeliness;

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

    /** The subject where Prow itself is silent. */
    public static final String EVERYWHERE = "everywhere";

    private final TimelinessRules rules;
    private final RunsSeen runs;
    private final Standing standing;
    private final Schedules schedules;

    /**
     * @param rules how long is too long
     * @param runs what has been seen
     * @param standing what was seen before
     * @param schedules since when each job has been on its schedule
     */
    public Timeliness(TimelinessRules rules, RunsSeen runs, Standing standing, Schedules schedules) {
        this.rules = rules;
        this.runs = runs;
        this.standing = standing;
        this.schedules = schedules;
    }

    /**
     * Looks at what has been seen; to be called about once a minute.
     *
     * @param watch since when the plugin sees; nothing is concluded while it is blind, nor just after
     * @param jobs the job configuration in force
     * @return what has gone wrong or is over since, and what is left out because of something wider
     */
    public List<Sighting> look(Watch watch, JobConfig jobs, Instant now) {
        // Also while nothing is concluded: the count begins with the first look at a schedule.
        List<Expectation> expectations = new Expectations(rules, schedules, runs, standing).of(jobs, now);
        Instant seenSince = watch.unbrokenSince();
        if (seenSince == null || !watch.isSteady(rules.grace(), now)) {
            return List.of();
        }
        Map<String, Instant> lastPods = runs.lastPods();
        List<ClusterQueue> queues =
                new ClusterQueues(rules, jobs, lastPods, watch.began()).of(runs.waiting(now.minus(KEPT)), now);
        Silence silence = new Silence(rules, expectations, queues, lastPods, now);
        Reporting reporting = new Reporting(rules.areas(), watch, now);

        SilenceReport silent = new SilenceReport(silence, standing, reporting);
        List<Sighting> sightings = new ArrayList<>(silent.sightings());
        StalledReport stalled = new StalledReport(standing, reporting, silent.isSilent());
        sightings.addAll(stalled.on(queues));
        MissingReport missing =
                new MissingReport(standing, reporting, silent.isSilent() || silence.isSuspected(), stalled.clusters());
        sightings.addAll(missing.on(expectations, jobs));
        return List.copyOf(sightings);
    }
}
