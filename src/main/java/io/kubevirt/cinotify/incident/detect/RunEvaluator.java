// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.SettledRun;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.RunRecord.PullKey;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import io.kubevirt.cinotify.incident.detect.BurstStats.PullRequestStats;
import io.kubevirt.cinotify.incident.detect.DetectionState.HeldGroup;
import io.kubevirt.cinotify.incident.detect.WindowEntry.Exclusion;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.routing.Cause;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what a run means; the first rule that matches wins. */
final class RunEvaluator {
    /** @param reason null if the run waits */
    private record Evaluation(@Nullable SuppressionReason reason, String explanation) {}

    private final DetectContext context;
    private final JobFamily families = new JobFamily();
    private final LaneEvaluator evaluator;
    private final LaneIncidentLifecycle laneIncidents;
    private final OutageLifecycle outages;
    private final OutageDetector outageDetector;

    RunEvaluator(
            DetectContext context,
            LaneEvaluator evaluator,
            LaneIncidentLifecycle laneIncidents,
            OutageLifecycle outages) {
        this.context = context;
        this.evaluator = evaluator;
        this.laneIncidents = laneIncidents;
        this.outages = outages;
        this.outageDetector = new OutageDetector(context, outages, laneIncidents.intensity());
    }

    void evaluate(ObservedRun event, Instant now) {
        int position = context.results().position();
        Evaluation evaluation = classify(event, now);
        context.results()
                .settle(new SettledRun(
                        event.id(),
                        evaluation.reason(),
                        context.results().notifiableSince(position),
                        evaluation.explanation()));
    }

    private Evaluation classify(ObservedRun event, Instant now) {
        DiagnosedRun diagnosedRun = event.diagnosedRun();
        JobRun run = diagnosedRun.run();
        Optional<DiagnosedRun.Rejection> rejection = diagnosedRun.rejection();
        if (rejection.isPresent()) {
            return new Evaluation(rejection.get().reason(), rejection.get().explanation());
        }
        if (context.windows().contains(event.id())) {
            return new Evaluation(SuppressionReason.DUPLICATE, "the run was already processed");
        }
        GroupKey key = GroupKey.of(run, families.of(run.job()));
        GroupKey lane = key.named(run.job());
        if (diagnosedRun.origin() == DiagnosedRun.Origin.PAST) {
            return beforeStart(RunRecord.of(context.state().nextRun(), now, event, key, null), now);
        }
        Optional<Instant> muted =
                context.thresholdResolver().mutedUntil(event, lane).filter(until -> until.isAfter(now));
        if (muted.isPresent()) {
            return new Evaluation(SuppressionReason.MUTED, run.job() + " is muted until " + muted.get());
        }
        RunRecord record = RunRecord.of(
                context.state().nextRun(),
                now,
                event,
                key,
                context.thresholdResolver().declared(event, lane));
        WindowEntry entry = WindowEntry.of(record);
        Optional.ofNullable(diagnosedRun.diagnosis()).flatMap(FailureClass::of).ifPresent(entry::setFailureClass);
        context.windows().enter(entry);
        if (entry.passed()) {
            return passed(entry, now);
        }
        context.state().lastFailures().put(key, event);
        return counted(entry, failed(entry, diagnosedRun, now));
    }

    /** Counts a failure for the averages of later days; those of an outage are not usual. */
    private Evaluation counted(WindowEntry entry, Evaluation evaluation) {
        if (entry.counts()) {
            laneIncidents.intensity().count(entry);
        }
        if (entry.exclusion() != Exclusion.OUTAGE) {
            laneIncidents.intensity().countCause(entry);
        }
        return evaluation;
    }

    /** A run from before the start opens nothing, but may close an open incident. */
    private Evaluation beforeStart(RunRecord run, Instant now) {
        if (run.state() == JobState.SUCCESS) {
            context.state().openLanes(run.key()).toList().forEach(lane -> laneIncidents.passed(lane, run, now));
        }
        return new Evaluation(SuppressionReason.KNOWN_AT_START, "it ended before ci-notify started to watch");
    }

    private Evaluation passed(WindowEntry entry, Instant now) {
        RunRecord run = entry.run();
        sameCommit(run, now).stream().filter(WindowEntry::counts).forEach(flake -> context.windows()
                .setExclusion(flake, Exclusion.FLAKE));
        if (!run.key().isPresubmit()) {
            context.state().streaks().remove(run.lane());
            outages.passed(run);
        }
        context.state().openLanes(run.key()).toList().forEach(lane -> laneIncidents.passed(lane, run, now));
        return new Evaluation(SuppressionReason.SUCCESS, run.job() + " passed");
    }

    private Evaluation failed(WindowEntry entry, DiagnosedRun diagnosedRun, Instant now) {
        RunRecord run = entry.run();
        boolean presubmit = run.key().isPresubmit();
        if (presubmit && sameCommit(run, now).stream().anyMatch(WindowEntry::passed)) {
            context.windows().setExclusion(entry, Exclusion.FLAKE);
            return new Evaluation(SuppressionReason.FLAKE, "the same commit also passed in " + run.job());
        }
        if (presubmit) {
            checkStorm(entry, now);
        }
        outageDetector.check(entry, now);
        Optional<LaneIncident> open = laneIncidents.openFor(entry);
        Optional<OutageIncident> outage = covering(entry, diagnosedRun.diagnosis(), now);
        if (outage.isPresent()) {
            outages.add(outage.get(), entry, diagnosedRun.run(), now);
            open.ifPresent(lane -> laneIncidents.stillFails(lane, now));
            return new Evaluation(
                    SuppressionReason.FOLDED_INTO_OUTAGE,
                    "outage " + outage.get().id() + " explains it: "
                            + outage.get().why());
        }
        if (entry.exclusion() == Exclusion.STORM) {
            return new Evaluation(
                    SuppressionReason.ONE_PULL_MANY_LANES,
                    "#" + run.pull() + " has many failing lanes at once, so its change is the likely cause");
        }
        if (!presubmit) {
            context.state().streaks().merge(run.lane(), 1, Integer::sum);
        }
        if (open.isEmpty()) {
            return checkThreshold(run.key(), run, now);
        }
        return otherClass(open.get(), entry, now).orElseGet(() -> join(open.get(), entry, diagnosedRun, now));
    }

    /** The outage that explains a failure; one of its cause may begin with it. */
    private Optional<OutageIncident> covering(WindowEntry entry, @Nullable Diagnosis diagnosis, Instant now) {
        RunRecord run = entry.run();
        Optional<OutageIncident> open = outages.covering(run.key().repository(), run.cluster(), entry.failureClass());
        if (open.isPresent() || diagnosis == null) {
            return open;
        }
        outageDetector.checkCause(entry, diagnosis, now);
        return outages.covering(run.key().repository(), run.cluster(), entry.failureClass());
    }

    /** Failures that the open incident does not explain are a problem of their own, once they meet the threshold. */
    private Optional<Evaluation> otherClass(LaneIncident open, WindowEntry entry, Instant now) {
        RunRecord run = entry.run();
        FailureClass shown = entry.failureClass();
        if (shown == null || !open.differsFrom(shown)) {
            return Optional.empty();
        }
        GroupKey key = run.key().ofClass(shown);
        context.state()
                .lastFailures()
                .put(key, Objects.requireNonNull(context.state().lastFailures().get(run.key())));
        return Optional.of(checkThreshold(key, run, now)).filter(evaluation -> evaluation.reason() == null);
    }

    /** Takes over what the artifacts of a run show. */
    void revise(IncidentEvent.DiagnosisRevised revised, Instant now) {
        Optional<WindowEntry> entry = context.windows().find(revised.run()).filter(WindowEntry::failed);
        if (revised.diagnosis().cause() == Cause.ABORTED) {
            entry.ifPresent(stopped -> laneIncidents.takeBack(stopped, now));
            return;
        }
        @Nullable FailureClass shown = FailureClass.of(revised.diagnosis()).orElse(null);
        boolean learned = shown != null && entry.isPresent() && entry.get().failureClass() == null;
        entry.ifPresent(failed -> context.windows().classify(failed, shown));
        reviseLastFailures(revised, shown);
        if (learned) {
            classified(entry.get(), revised.diagnosis(), now);
        }
    }

    private void reviseLastFailures(IncidentEvent.DiagnosisRevised revised, @Nullable FailureClass shown) {
        for (Map.Entry<GroupKey, ObservedRun> last :
                context.state().lastFailures().entrySet()) {
            ObservedRun run = last.getValue();
            if (run.id().equals(revised.run())) {
                last.setValue(run.withDiagnosis(revised.diagnosis()));
                context.state()
                        .openLane(last.getKey())
                        .filter(lane -> !lane.differsFrom(shown))
                        .ifPresent(lane -> {
                            lane.setDiagnosis(
                                    revised.diagnosis(), run.diagnosedRun().required());
                            context.results().notifiable(lane);
                        });
            }
        }
    }

    /** The class of a failure became known after it was processed. */
    private void classified(WindowEntry entry, Diagnosis diagnosis, Instant now) {
        ObservedRun last = context.state().lastFailures().get(entry.run().key());
        if (entry.exclusion() == Exclusion.OUTAGE || entry.exclusion() == Exclusion.NODE || last == null) {
            return;
        }
        laneIncidents.intensity().countCause(entry);
        Optional<LaneIncident> open = laneIncidents.openFor(entry);
        Optional<OutageIncident> outage = covering(entry, diagnosis, now);
        if (outage.isPresent()) {
            outages.add(outage.get(), entry, last.diagnosedRun().run(), now);
        } else if (entry.counts() && open.isPresent()) {
            boolean newest = last.id().equals(entry.run().id());
            if (open.get().groupKey().failureClass() != null) {
                laneIncidents.join(open.get(), entry, newest ? last.diagnosedRun() : null, now);
            } else if (newest) {
                laneIncidents.learnClass(open.get(), now);
                otherClass(open.get(), entry, now);
            }
        }
    }

    private Evaluation join(LaneIncident open, WindowEntry entry, DiagnosedRun diagnosedRun, Instant now) {
        laneIncidents.join(open, entry, diagnosedRun, now);
        KnownIssueMatch mute = open.mute();
        return mute == null
                ? new Evaluation(
                        SuppressionReason.JOINED_OPEN_INCIDENT, "incident " + open.id() + " is open and announced")
                : new Evaluation(
                        SuppressionReason.KNOWN_ISSUE, "incident " + open.id() + " is open; " + mute.sentence());
    }

    private Evaluation checkThreshold(GroupKey key, RunRecord run, Instant now) {
        HeldGroup waiting = context.state().held().get(key);
        if (waiting != null) {
            context.state().held().put(key, waiting.with(run.id()));
            return new Evaluation(
                    null, key.name() + " waits until " + waiting.until() + " to see whether an outage forms");
        }
        LaneEvaluator.Result result = evaluator.evaluate(key, now);
        if (!result.isMet()) {
            return new Evaluation(result.suppressionReason(), result.explanation());
        }
        Instant until = now.plus(context.thresholds().hold().time());
        context.state().held().put(key, new HeldGroup(until, List.of(run.id())));
        context.timers().set(Kind.HELD, key.toString(), until);
        outageDetector.checkPileUp(run, now);
        return new Evaluation(
                null, result.explanation() + "; waits until " + until + " to see whether an outage forms");
    }

    private List<WindowEntry> sameCommit(RunRecord run, Instant now) {
        return context.windows()
                .day(run.key(), now)
                .runs()
                .filter(other -> other.run().sameJobAndCommit(run))
                .toList();
    }

    /**
     * Excludes failures of a pull request on which many lanes fail: its change, batch or old branch is the likely cause.
     * Later failures are excluded for a while too, because bots retest such pull requests every hour.
     */
    private void checkStorm(WindowEntry entry, Instant now) {
        Map<PullKey, Instant> storms = context.state().storms();
        forgetOld(storms, now);
        PullKey pull = entry.run().pullKey();
        SlidingWindow<PullRequestStats> window = context.windows().pull(pull, now);
        if (window.stats().red().distinct() >= context.thresholds().onePull().lanes()) {
            refresh(storms, pull, now);
            window.runs().forEach(each -> context.windows().excludeIfCounted(each, Exclusion.STORM));
        } else if (storms.containsKey(pull)) {
            refresh(storms, pull, now);
            context.windows().excludeIfCounted(entry, Exclusion.STORM);
        }
    }

    /** Keeps the map in the order of the instants. */
    private static void refresh(Map<PullKey, Instant> storms, PullKey pull, Instant now) {
        storms.remove(pull);
        storms.put(pull, now);
    }

    private void forgetOld(Map<PullKey, Instant> storms, Instant now) {
        Instant floor = now.minus(context.thresholds().onePull().keep());
        Iterator<Instant> instants = storms.values().iterator();
        while (instants.hasNext() && instants.next().isBefore(floor)) {
            instants.remove();
        }
    }
}
