// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.LaneIncident.Aftermath;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.OutageIncident.Scope;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import io.kubevirt.cinotify.incident.detect.WindowEntry.Exclusion;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.roster.TimeText;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens, updates and closes outages. Lanes fold into an outage, so that it causes one notification. */
final class OutageLifecycle {
    /**
     * A sign of an outage.
     *
     * @param cluster the build cluster of the run that showed it, if known
     * @param found the diagnosis of a run that shows the cause; null if only the number of failures shows it
     */
    record OutageSignal(
            Set<Scope> scopes,
            @Nullable String cluster,
            String explanation,
            Supplier<List<WindowEntry>> runs,
            @Nullable Diagnosis found) {}

    private final DetectContext context;
    private final LaneEvaluator evaluator;
    private final LaneIncidentLifecycle laneIncidents;
    private final String area;

    /** @param area the area whose members are notified */
    OutageLifecycle(DetectContext context, LaneEvaluator evaluator, LaneIncidentLifecycle lanes, String area) {
        this.context = context;
        this.evaluator = evaluator;
        this.laneIncidents = lanes;
        this.area = area;
    }

    /** The oldest open outage that covers a run. */
    Optional<OutageIncident> covering(String repository, @Nullable String cluster, @Nullable FailureClass failure) {
        return context.state()
                .openOutages()
                .filter(outage -> outage.covers(repository, cluster, failure))
                .findFirst();
    }

    /** Updates an open outage, reopens one that just closed, or opens a new one at once. */
    void signal(OutageSignal signal, Instant now) {
        Optional<OutageIncident> open = open(signal);
        if (open.isPresent()) {
            open.get().recur(signal.scopes(), now);
            scheduleEnd(open.get());
            return;
        }
        Optional<OutageIncident> recent = recentlyClosed(signal, now);
        OutageIncident outage = recent.orElseGet(() -> opening(signal, now));
        outage.setDiagnosis(outage.diagnosis(), true);
        outage.open(now, signal.explanation());
        outage.recur(signal.scopes(), now);
        context.state().outages().remove(outage.id());
        context.state().outages().put(outage.id(), outage);
        context.timers().cancel(Kind.FORGET, outage.key());
        scheduleEnd(outage);
        for (WindowEntry entry : signal.runs().get()) {
            // Runs of the outage that reopens are counted already.
            if (recent.isEmpty() || entry.exclusion() != Exclusion.OUTAGE) {
                outage.addRun(entry.run());
            }
            context.windows().setExclusion(entry, Exclusion.OUTAGE);
            outage.explain(entry.run());
            context.results().joined(entry.run().id(), outage);
        }
        signal.runs().get().stream()
                .reduce((earlier, later) -> later)
                .map(entry -> context.state().lastFailures().get(entry.run().key()))
                .ifPresent(newest ->
                        outage.setLatest(FailedRun.of(newest.diagnosedRun().run())));
        context.results().notifiable(outage);
        fold(outage, now);
    }

    private OutageIncident opening(OutageSignal signal, Instant now) {
        String subject = new TreeSet<>(signal.scopes()).toString();
        return new OutageIncident(
                context.ids().issue(IncidentKind.OUTAGE, subject, now),
                now,
                signal.found() == null
                        ? diagnosis(signal.explanation())
                        : signal.found().because(signal.explanation()),
                signal.cluster());
    }

    private Optional<OutageIncident> open(OutageSignal signal) {
        return context.state()
                .openOutages()
                .filter(outage -> outage.shares(signal.scopes()))
                .findFirst()
                .or(() -> {
                    List<WindowEntry> runs =
                            context.state().openOutages().findAny().isEmpty()
                                    ? List.of()
                                    : signal.runs().get();
                    return context.state()
                            .openOutages()
                            .filter(outage -> outage.isOf(signal.cluster())
                                    || runs.stream()
                                            .anyMatch(entry ->
                                                    outage.explains(entry.run().id())))
                            .findFirst();
                });
    }

    private Optional<OutageIncident> recentlyClosed(OutageSignal signal, Instant now) {
        Duration limit = context.thresholds().outages().resumeWithin();
        return context.state().outages().values().stream()
                .filter(outage -> outage.closedAt() != null
                        && Duration.between(outage.closedAt(), now).compareTo(limit) <= 0
                        && outage.shares(signal.scopes()))
                .reduce((older, newer) -> newer);
    }

    private Diagnosis diagnosis(String explanation) {
        return new Diagnosis(
                Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, area, Confidence.MEDIUM, "outage", List.of(explanation));
    }

    /** Folds lane incidents that opened shortly before into the outage. */
    private void fold(OutageIncident outage, Instant now) {
        Duration window = outage.isOfCause()
                ? context.thresholds().slowOutages().window()
                : context.thresholds().burst().window();
        Instant floor = now.minus(window);
        for (LaneIncident lane : context.state().lanes().values()) {
            if (lane.isOpen()
                    && !lane.openSince().isBefore(floor)
                    && outage.covers(lane.groupKey().repository(), null, lane.failureClass())) {
                lane.foldInto(outage.id());
                context.results().notifiable(lane);
            }
        }
    }

    /** Of an outage with one cause, each run is another sign. */
    void add(OutageIncident outage, WindowEntry entry, JobRun jobRun, Instant now) {
        outage.setLatest(FailedRun.of(jobRun));
        context.windows().excludeIfCounted(entry, Exclusion.OUTAGE);
        if (!outage.explains(entry.run().id())) {
            outage.addRun(entry.run());
        }
        if (outage.isOfCause()) {
            outage.recur(outage.scopes(), now);
            scheduleEnd(outage);
        } else {
            outage.addToTail(entry.run());
        }
        context.results().joined(entry.run().id(), outage);
        context.results().touch(outage);
    }

    /** Records a passing run of a job that does not test pull requests: its earlier failures leave the tail. */
    void passed(RunRecord run) {
        context.state()
                .openOutages()
                .forEach(outage -> outage.removeFromTail(number -> {
                    Optional<WindowEntry> entry = context.windows().all().find(number);
                    return entry.isEmpty() || entry.get().run().lane().equals(run.lane());
                }));
    }

    void scheduleEnd(OutageIncident outage) {
        context.timers().set(Kind.OUTAGE_END, outage.key(), outage.lastFailure().plus(endAfter(outage)));
    }

    private Duration endAfter(OutageIncident outage) {
        return outage.isOfCause()
                ? context.thresholds().slowOutages().endAfter()
                : context.thresholds().outages().endAfter();
    }

    /** Ends an outage that a person resolved. */
    void resolve(OutageIncident outage, String why, Instant now) {
        outage.resolve(now);
        end(outage, why, now);
    }

    /** When a person last resolved an outage of a scope. */
    Optional<Instant> resolvedAt(Scope scope) {
        return context.state().outages().values().stream()
                .filter(outage -> outage.shares(Set.of(scope)))
                .flatMap(outage -> Stream.ofNullable(outage.resolvedAt()))
                .max(Comparator.naturalOrder());
    }

    void end(OutageIncident outage, String why, Instant now) {
        outage.close(now, why);
        context.timers().cancel(Kind.OUTAGE_END, outage.key());
        context.forgetLater(outage, now);
        Set<GroupKey> red = stillRed(outage, now);
        release(outage, red, now);
        context.results().notifiable(outage);
        openGrouped(outage, red, now);
    }

    /** Runs that failed after the last sign of the outage count again. Returns the problems that are broken by them. */
    private Set<GroupKey> stillRed(OutageIncident outage, Instant now) {
        Set<GroupKey> back = new TreeSet<>();
        for (long number : outage.tail()) {
            WindowEntry entry = context.windows().all().find(number).orElse(null);
            if (entry != null && entry.exclusion() == Exclusion.OUTAGE) {
                context.windows().setExclusion(entry, null);
                if (!entry.run().key().isPresubmit()) {
                    context.state().streaks().merge(entry.run().lane(), 1, Integer::sum);
                }
                back.add(countAgain(entry, now));
            }
        }
        back.removeIf(key -> !evaluator.evaluate(key, now).isMet());
        return back;
    }

    /** Counts a run for its lane again; it joins the incident that is open. Returns the problem that it belongs to. */
    private GroupKey countAgain(WindowEntry entry, Instant now) {
        GroupKey family = entry.run().key();
        LaneIncident open = laneIncidents.openFor(entry).orElse(null);
        if (open == null) {
            return family;
        }
        DiagnosedRun newest = Optional.ofNullable(context.state().lastFailures().get(family))
                .filter(last -> last.id().equals(entry.run().id()))
                .map(ObservedRun::diagnosedRun)
                .orElse(null);
        laneIncidents.join(open, entry, newest, now);
        return open.groupKey();
    }

    private void release(OutageIncident outage, Set<GroupKey> red, Instant now) {
        for (LaneIncident lane : List.copyOf(context.state().lanes().values())) {
            if (lane.isOpen() && lane.isFoldedInto(outage)) {
                if (red.contains(lane.groupKey())) {
                    lane.foldInto(null);
                    lane.setAftermath(after(outage, now));
                    context.results().notifiable(lane);
                } else {
                    laneIncidents.close(lane, "the outage that explained it is over", now);
                }
            }
        }
    }

    private void openGrouped(OutageIncident outage, Set<GroupKey> red, Instant now) {
        red.forEach(key -> laneIncidents.open(key, evaluator.evaluate(key, now), after(outage, now), now));
    }

    private static Aftermath after(OutageIncident outage, Instant now) {
        return new Aftermath(outage.id(), outage.title(), now);
    }

    void forget(OutageIncident outage) {
        context.state().outages().remove(outage.id());
    }

    void endSilent(OutageIncident outage, Instant now) {
        end(outage, "no sign of it for " + TimeText.duration(endAfter(outage)), now);
    }
}
