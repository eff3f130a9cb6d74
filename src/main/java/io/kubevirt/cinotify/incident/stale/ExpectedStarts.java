// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.stale.RunStarts.LastRun;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfig.PeriodicJob;
import io.kubevirt.cinotify.prow.PeriodicSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class ExpectedStarts {
    /** Prow ends a run after 48 h. With a day in the queue, a longer run has ended unseen. */
    private static final Duration MAX_RUN = Duration.ofHours(72);

    /** For this many limits after an incident of a job, the next one takes twice the limit, against flapping. */
    private static final int COOLDOWN_FACTOR = 4;

    private final StalenessThresholds thresholds;
    private final StalenessDetector.ScheduleHistory schedules;
    private final Map<String, LastRun> lastRuns;
    private final Map<String, Instant> missingUntil;
    private final Map<String, Instant> stalledUntil;
    private final Instant silentUntil;
    private final Set<String> open;

    ExpectedStarts(
            StalenessThresholds thresholds,
            StalenessDetector.ScheduleHistory schedules,
            RunStarts runs,
            OpenProblems openProblems) {
        this.thresholds = thresholds;
        this.schedules = schedules;
        this.lastRuns = runs.periodics();
        this.missingUntil = openProblems.lastClosed(IncidentKind.MISSING_RUN);
        this.stalledUntil = openProblems.lastClosed(IncidentKind.STALLED_CLUSTER);
        this.silentUntil = openProblems
                .lastClosed(IncidentKind.SILENT_PROW)
                .getOrDefault(StalenessDetector.EVERYWHERE, Instant.MIN);
        this.open = openProblems.open(IncidentKind.MISSING_RUN).stream()
                .map(OpenProblems.OpenProblem::subject)
                .collect(Collectors.toSet());
    }

    List<ExpectedStart> of(JobConfig jobs, Instant now) {
        return jobs.periodics().stream()
                .map(periodic -> expected(periodic, now))
                .toList();
    }

    private ExpectedStart expected(PeriodicJob periodic, Instant now) {
        PeriodicSchedule schedule = periodic.schedule();
        String job = periodic.job().name();
        LastRun last = lastRuns.get(job);
        Instant from = from(periodic, last, now);
        Instant due = due(schedule, from, last);
        int starts = thresholds.missedIntervals() * (wasMissingLately(job, schedule, from) ? 2 : 1);
        Instant deadline = schedule.nthAfter(due, starts - 1).plus(thresholds.grace());
        boolean running = last != null
                && last.ended() == null
                && last.started().plus(MAX_RUN).isAfter(now);
        return new ExpectedStart(periodic, last, from, due, deadline, running);
    }

    private Instant from(PeriodicJob periodic, @Nullable LastRun last, Instant now) {
        String job = periodic.job().name();
        Instant from = schedules.inForceSince(job, periodic.schedule().expression(), now);
        if (last != null) {
            from = later(from, last.started());
        }
        if (open.contains(job)) {
            return from;
        }
        // Starts that were due during an outage do not happen later: count from its end.
        from = later(from, silentUntil);
        return later(from, stalledUntil.getOrDefault(periodic.job().cluster(), from));
    }

    /** Prow skips starts that are due while the last run goes on: count from its end. */
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
                && from.isBefore(resolved.plus(
                        schedule.intervalAt(from).multipliedBy((long) COOLDOWN_FACTOR * thresholds.missedIntervals())));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * When a periodic job should start.
     *
     * @param last its newest run; null if never seen
     * @param from start of the count: its last start, or when it could first be expected
     * @param due its next start
     * @param deadline when it counts as missing
     * @param running whether its last run still goes on: Prow starts no other before that ends
     */
    record ExpectedStart(
            PeriodicJob periodic,
            @Nullable LastRun last,
            Instant from,
            Instant due,
            Instant deadline,
            boolean running) {
        String job() {
            return periodic.job().name();
        }

        String cluster() {
            return periodic.job().cluster();
        }

        boolean isMissingAt(Instant now) {
            return !running && !now.isBefore(deadline);
        }

        boolean startedAfter(Instant instant) {
            return last != null && last.started().isAfter(instant);
        }

        String lastStart() {
            return last == null ? "has not been seen to start" : "last started at " + last.started();
        }
    }
}
