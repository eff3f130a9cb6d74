// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.OutageScope;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.Timer.Kind;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is larger than a lane: one message for all of it, and the lanes fold. */
final class OutageLifecycle {

    /**
     * A sign of one.
     *
     * @param cluster the build cluster of the run that showed it, where known
     * @param runs the red runs that it explains
     */
    record OutageSignal(
            Set<OutageScope> scopes, @Nullable String cluster, String explanation, Supplier<List<WindowEntry>> runs) {}

    private final DetectContext context;
    private final OutageEnd outageEnd;
    private final String area;

    /** @param area whose people are told */
    OutageLifecycle(DetectContext desk, OutageEnd outageEnd, String area) {
        this.context = desk;
        this.outageEnd = outageEnd;
        this.area = area;
    }

    /** The open outage that explains a run, the oldest first. */
    Optional<OutageIncident> covering(String repository, @Nullable String cluster) {
        return context.state()
                .openOutages()
                .filter(outage -> outage.covers(repository, cluster))
                .findFirst();
    }

    /** An open outage goes on, one that has just ended goes on, or a new one is told at once. */
    void signal(OutageSignal sign, Instant now) {
        Optional<OutageIncident> open = open(sign);
        if (open.isPresent()) {
            open.get().recur(sign.scopes(), now);
            outageEnd.scheduleEnd(open.get());
            return;
        }
        Optional<OutageIncident> lately = recentlyClosed(sign, now);
        OutageIncident outage = lately.orElseGet(() -> opening(sign, now));
        outage.setDiagnosis(outage.diagnosis(), true);
        outage.open(now, sign.explanation());
        outage.recur(sign.scopes(), now);
        context.state().outages().remove(outage.id());
        context.state().outages().put(outage.id(), outage);
        context.timers().cancel(Kind.FORGET, outage.key());
        outageEnd.scheduleEnd(outage);
        for (WindowEntry entry : sign.runs().get()) {
            context.windows().setExclusion(entry, ExclusionReason.OUTAGE);
            outage.addExplained(entry.run());
        }
        sign.runs().get().stream()
                .reduce((earlier, later) -> later)
                .map(entry -> context.state().lastFailures().get(entry.run().key()))
                .ifPresent(newest ->
                        outage.setLatest(FailedRun.of(newest.diagnosedRun().run())));
        context.results().notifiable(outage);
        fold(outage, now);
    }

    private OutageIncident opening(OutageSignal sign, Instant now) {
        String subject = new TreeSet<>(sign.scopes()).toString();
        return new OutageIncident(
                context.ids().issue(IncidentKind.OUTAGE, subject, now),
                now,
                diagnosis(sign.explanation()),
                sign.cluster());
    }

    private Optional<OutageIncident> open(OutageSignal sign) {
        return context.state()
                .openOutages()
                .filter(outage -> outage.shares(sign.scopes()))
                .findFirst()
                .or(() -> {
                    List<WindowEntry> runs =
                            context.state().openOutages().findAny().isEmpty()
                                    ? List.of()
                                    : sign.runs().get();
                    return context.state()
                            .openOutages()
                            .filter(outage -> outage.isOf(sign.cluster())
                                    || runs.stream()
                                            .anyMatch(entry ->
                                                    outage.explains(entry.run().id())))
                            .findFirst();
                });
    }

    private Optional<OutageIncident> recentlyClosed(OutageSignal sign, Instant now) {
        Duration limit = context.thresholds().outages().goesOnWithin();
        return context.state().outages().values().stream()
                .filter(outage -> outage.closedAt() != null
                        && Duration.between(outage.closedAt(), now).compareTo(limit) <= 0
                        && outage.shares(sign.scopes()))
                .reduce((older, newer) -> newer);
    }

    private Diagnosis diagnosis(String words) {
        return new Diagnosis(Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, area, Confidence.MEDIUM, "outage", List.of(words));
    }

    /** Messages of lanes that opened just before now point to the outage. */
    private void fold(OutageIncident outage, Instant now) {
        Instant floor = now.minus(context.thresholds().burst().window());
        for (LaneIncident lane : context.state().lanes().values()) {
            if (lane.isOpen()
                    && !lane.openSince().isBefore(floor)
                    && outage.scopes()
                            .contains(OutageScope.repository(lane.groupKey().repository()))) {
                lane.foldInto(outage.id());
                context.results().notifiable(lane);
            }
        }
    }

    /** A red run that an outage explains. */
    void add(OutageIncident outage, WindowEntry entry, JobRun shown) {
        outage.setLatest(FailedRun.of(shown));
        context.windows().excludeIfCounted(entry, ExclusionReason.OUTAGE);
        if (!outage.explains(entry.run().id())) {
            outage.addRun(entry.run());
        }
        outage.addToTail(entry.run());
        context.results().touch(outage);
    }

    /** A green run of a job that does not run on pull requests: what it did before is no tail of an outage. */
    void passed(RunRecord run) {
        context.state()
                .openOutages()
                .forEach(outage -> outage.removeFromTail(number -> {
                    WindowEntry entry = context.windows().all().get(number);
                    return entry == null || entry.run().lane().equals(run.lane());
                }));
    }
}
