// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.ReportedIncident;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.Timer.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The life of problems that others see: they say when it begins and when it is over. */
final class ReportedIncidentLifecycle {

    private final DetectContext context;
    private final LaneIncidentLifecycle laneIncidents;

    ReportedIncidentLifecycle(DetectContext desk, LaneIncidentLifecycle lanes) {
        this.context = desk;
        this.laneIncidents = lanes;
    }

    /** Opens it, or opens it again; if it is open, what is said of it is brought up to date. */
    void raise(ReportedProblem problem, Instant now) {
        ReportedIncident known = context.state().problems().get(problem.key());
        boolean same = known != null && known.kind() == problem.kind();
        // A pull request is one from its opening to its end, whatever it needs meanwhile.
        boolean goesOn = known != null && same && (known.isOpen() || known.kind() == IncidentKind.BUMP);
        ReportedIncident about = known != null && goesOn ? known : opening(problem, now);
        if (!goesOn || !about.isOpen()) {
            about.open(now, problem.why());
            context.state().problems().put(problem.key(), about);
            context.timers().cancel(Kind.FORGET, about.key());
        }
        about.update(problem);
        context.results().notifiable(about);
        explain(about, problem.runs(), now);
    }

    /** Runs that it explains do not count for their lanes. */
    private void explain(ReportedIncident about, List<String> runs, Instant now) {
        Set<GroupKey> struck = new TreeSet<>();
        for (String run : runs) {
            context.windows().find(run).filter(WindowEntry::counts).ifPresent(entry -> {
                context.windows().setExclusion(entry, ExclusionReason.NODE);
                about.addRun(entry.run());
                laneIncidents.uncount(entry, now);
                struck.add(entry.run().key());
                Optional.ofNullable(
                                context.state().lastFailures().get(entry.run().key()))
                        .ifPresent(last ->
                                about.setLatest(FailedRun.of(last.diagnosedRun().run())));
            });
        }
        struck.forEach(key -> laneIncidents.closeIfExplained(key, about, now));
    }

    private ReportedIncident opening(ReportedProblem problem, Instant now) {
        return new ReportedIncident(
                context.ids().issue(problem.kind(), problem.key(), now),
                problem.key(),
                problem.kind(),
                now,
                problem.diagnosis());
    }

    /** It is over; what is not open stays as it is. */
    void clear(String key, String why, Instant now) {
        ReportedIncident about = context.state().problems().get(key);
        if (about != null && about.isOpen()) {
            close(about, why, now);
        }
    }

    void close(ReportedIncident about, String why, Instant now) {
        about.close(now, why);
        context.forgetLater(about, now);
        context.results().notifiable(about);
    }

    void forget(ReportedIncident about) {
        context.state().problems().remove(about.subject());
    }
}
