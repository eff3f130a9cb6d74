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

import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.PeriodicJob;
import io.kubevirt.cinotify.prow.PeriodicSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Works out when each periodic job should start. */
final class Expectations {

    /** Prow ends a run that runs for 48 h; with a day in the queue before that, a longer one was lost from sight. */
    private static final Duration LONGEST_RUN = Duration.ofHours(72);

    /** So many limits long after an incident of a job, it takes twice the limit to open the next: no flapping. */
    private static final int CALM = 4;

    private final TimelinessRules rules;
    private final Schedules schedules;
    private final Map<String, LastRun> lastRuns;
    private final Map<String, Instant> missingUntil;
    private final Map<String, Instant> stalledUntil;
    private final Instant silentUntil;
    private final Set<String> open;

    Expectations(TimelinessRules rules, Schedules schedules, RunsSeen runs, Standing standing) {
        this.rules = rules;
        this.schedules = schedules;
        this.lastRuns = runs.periodics();
        this.missingUntil = standing.lastOver(CaseKind.MISSING_RUN);
        this.stalledUntil = standing.lastOver(CaseKind.STALLED_CLUSTER);
        this.silentUntil = standing.lastOver(CaseKind.SILENT_PROW).getOrDefault(Timeliness.EVERYWHERE, Instant.MIN);
        this.open = standing.open(CaseKind.MISSING_RUN).stream()
                .map(Standing.Raised::subject)
                .collect(Collectors.toSet());
    }

    List<Expectation> of(JobConfig jobs, Instant now) {
        return jobs.periodics().stream()
                .map(periodic -> expectation(periodic, now))
                .toList();
    }

    private Expectation expectation(PeriodicJob periodic, Instant now) {
        PeriodicSchedule schedule = periodic.schedule();
        String job = periodic.job().name();
        LastRun last = lastRuns.get(job);
        Instant from = from(periodic, last, now);
        Instant due = due(schedule, from, last);
        int starts = rules.missedIntervals() * (wasMissingLately(job, schedule, from) ? 2 : 1);
        Instant deadline = schedule.nthAfter(due, starts - 1).plus(rules.grace());
        boolean running = last != null
                && last.ended() == null
                && last.started().plus(LONGEST_RUN).isAfter(now);
        return new Expectation(periodic, last, from, due, deadline, running);
    }

    private Instant from(PeriodicJob periodic, @Nullable LastRun last, Instant now) {
        String job = periodic.job().name();
        Instant from = schedules.inForceSince(job, periodic.schedule().words(), now);
        if (last != null) {
            from = later(from, last.started());
        }
        if (open.contains(job)) {
            return from;
        }
        // Starts that fell into an outage do not come later: the count begins anew with its end.
        from = later(from, silentUntil);
        return later(from, stalledUntil.getOrDefault(periodic.job().cluster(), from));
    }

    /** Starts that fall due while the last run goes on are left out: the count begins with its end. */
    private static Instant due(PeriodicSchedule schedule, Instant from, @Nullable LastRun last) {
        Instant end = last == null || last.ended() == null ? from : later(from, last.ended());
        if (schedule.countsFromEnd()) {
            return schedule.nextAfter(end);
        }
        Instant next = schedule.nextAfter(from);
        return end.isAfter(next) ? schedule.nextAfter(end) : next;
    }

    private boolean wasMissingLately(String job, PeriodicSchedule schedule, Instant from) {
        Instant resolved = missingUntil.get(job);
        return resolved != null
                && from.isBefore(
                        resolved.plus(schedule.distanceAt(from).multipliedBy((long) CALM * rules.missedIntervals())));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
