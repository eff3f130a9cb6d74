// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.ReportedIncident;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Opens and closes incidents for problems that other detectors report. */
final class ReportedIncidentLifecycle {
    private final DetectContext context;
    private final LaneIncidentLifecycle laneIncidents;

    ReportedIncidentLifecycle(DetectContext context, LaneIncidentLifecycle laneIncidents) {
        this.context = context;
        this.laneIncidents = laneIncidents;
    }

    /** Opens or reopens the incident, or updates it if it is open. */
    void raise(ReportedProblem problem, Instant now) {
        ReportedIncident known = context.state().problems().get(problem.key());
        boolean same = known != null && known.kind() == problem.kind();
        // A bump stays one incident as long as its pull request is open.
        boolean goesOn = known != null && same && (known.isOpen() || known.kind() == IncidentKind.BUMP);
        ReportedIncident incident = known != null && goesOn ? known : opening(problem, now);
        if (!goesOn || !incident.isOpen()) {
            incident.open(now, problem.why());
            context.state().problems().put(problem.key(), incident);
            context.timers().cancel(Kind.FORGET, incident.key());
        }
        incident.update(problem);
        context.results().notifiable(incident);
        explain(incident, problem, now);
    }

    /** Excludes the runs that the problem explains from their lanes; those of lanes that it names belong to it. */
    private void explain(ReportedIncident incident, ReportedProblem problem, Instant now) {
        Set<GroupKey> struck = new TreeSet<>();
        for (String run : problem.runs()) {
            context.windows().find(run).filter(WindowEntry::counts).ifPresent(entry -> {
                context.windows().setExclusion(entry, WindowEntry.Exclusion.NODE);
                laneIncidents.uncount(entry, now);
                struck.add(entry.run().key());
                if (problem.lanes().contains(entry.run().job())) {
                    add(entry.run(), incident, problem.lanes());
                }
            });
        }
        struck.forEach(key -> laneIncidents.closeIfExplained(key, incident, now));
    }

    private void add(RunRecord run, ReportedIncident incident, List<String> lanes) {
        incident.addRun(run);
        context.results().joined(run.id(), incident);
        Optional.ofNullable(context.state().lastFailures().get(run.key()))
                .map(last -> last.diagnosedRun().run())
                .filter(last -> lanes.contains(last.job()))
                .ifPresent(last -> incident.setLatest(FailedRun.of(last)));
    }

    private ReportedIncident opening(ReportedProblem problem, Instant now) {
        return new ReportedIncident(
                context.ids().issue(problem.kind(), problem.key(), now),
                problem.key(),
                problem.kind(),
                now,
                problem.diagnosis());
    }

    void clear(String key, String why, Instant now) {
        ReportedIncident incident = context.state().problems().get(key);
        if (incident != null && incident.isOpen()) {
            close(incident, why, now);
        }
    }

    void close(ReportedIncident incident, String why, Instant now) {
        incident.close(now, why);
        context.forgetLater(incident, now);
        context.results().notifiable(incident);
    }

    void forget(ReportedIncident incident) {
        context.state().problems().remove(incident.subject());
    }
}
