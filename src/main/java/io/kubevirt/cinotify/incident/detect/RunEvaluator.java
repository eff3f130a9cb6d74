// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.GroupKey;
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
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
        this.outageDetector = new OutageDetector(context, outages);
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
        context.windows().enter(entry);
        if (entry.passed()) {
            return passed(entry, now);
        }
        context.state().lastFailures().put(key, event);
        return failed(entry, diagnosedRun, now);
    }

    /** A run from before the start opens nothing, but may close an open incident. */
    private Evaluation beforeStart(RunRecord run, Instant now) {
        if (run.state() == JobState.SUCCESS) {
            context.state().openLane(run.key()).ifPresent(lane -> laneIncidents.passed(lane, run, now));
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
        context.state().openLane(run.key()).ifPresent(lane -> laneIncidents.passed(lane, run, now));
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
        Optional<LaneIncident> open = context.state().openLane(run.key());
        Optional<OutageIncident> outage = outages.covering(run.key().repository(), run.cluster());
        if (outage.isPresent()) {
            outages.add(outage.get(), entry, diagnosedRun.run());
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
        return open.isPresent() ? join(open.get(), entry, diagnosedRun, now) : checkThreshold(run, now);
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

    private Evaluation checkThreshold(RunRecord run, Instant now) {
        HeldGroup waiting = context.state().held().get(run.key());
        if (waiting != null) {
            context.state().held().put(run.key(), waiting.with(run.id()));
            return new Evaluation(
                    null, run.key().name() + " waits until " + waiting.until() + " to see whether an outage forms");
        }
        LaneEvaluator.Result result = evaluator.evaluate(run.key(), now);
        if (!result.isMet()) {
            return new Evaluation(result.suppressionReason(), result.explanation());
        }
        Instant until = now.plus(context.thresholds().hold().time());
        context.state().held().put(run.key(), new HeldGroup(until, List.of(run.id())));
        context.timers().set(Kind.HELD, run.key().toString(), until);
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
