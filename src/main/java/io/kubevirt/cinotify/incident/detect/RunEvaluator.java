// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.OutageIncident;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.SettledRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.Timer.Kind;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What becomes of one run: the first question that is answered with yes decides. */
final class RunEvaluator {

    /**
     * The answer.
     *
     * @param reason by what name it is counted; null if it waits
     */
    private record Evaluation(@Nullable SuppressionReason reason, String explanation) {}

    private final DetectContext context;
    private final JobFamily families = new JobFamily();
    private final LaneEvaluator evaluator;
    private final LaneIncidentLifecycle laneIncidents;
    private final OutageLifecycle outages;
    private final PullRequestStormDetector stormDetector;
    private final OutageDetector outageDetector;

    RunEvaluator(DetectContext desk, LaneEvaluator rule, LaneIncidentLifecycle lanes, OutageLifecycle outages) {
        this.context = desk;
        this.evaluator = rule;
        this.laneIncidents = lanes;
        this.outages = outages;
        this.stormDetector = new PullRequestStormDetector(desk);
        this.outageDetector = new OutageDetector(desk, outages);
    }

    void evaluate(ObservedRun event, Instant now) {
        int before = context.results().position();
        Evaluation answer = classify(event, now);
        context.results()
                .settle(new SettledRun(
                        event.id(), answer.reason(), context.results().notifiableSince(before), answer.explanation()));
    }

    private Evaluation classify(ObservedRun event, Instant now) {
        DiagnosedRun finding = event.diagnosedRun();
        JobRun run = finding.run();
        Optional<RunFilter.Rejection> refusal = RunFilter.rejects(finding);
        if (refusal.isPresent()) {
            return new Evaluation(refusal.get().reason(), refusal.get().explanation());
        }
        if (context.windows().contains(event.id())) {
            return new Evaluation(SuppressionReason.DUPLICATE, "the run has been counted already");
        }
        GroupKey key = GroupKey.of(run, families.of(run.job()));
        GroupKey lane = key.named(run.job());
        if (finding.origin() == DiagnosedRun.Origin.PAST) {
            return past(RunRecord.of(context.state().nextRun(), now, event, key), now);
        }
        Optional<Instant> muted =
                context.thresholdResolver().mutedUntil(event, lane).filter(until -> until.isAfter(now));
        if (muted.isPresent()) {
            return new Evaluation(SuppressionReason.MUTED, run.job() + " is muted until " + muted.get());
        }
        RunRecord facts = RunRecord.of(context.state().nextRun(), now, event, key)
                .withRequiredFailures(context.thresholdResolver().declared(event, lane));
        WindowEntry entry = WindowEntry.of(facts);
        context.windows().enter(entry);
        if (entry.passed()) {
            return passed(entry, now);
        }
        context.state().lastFailures().put(key, event);
        return failed(entry, run, now);
    }

    /** Nothing opens because of the past; but what is open already may have ended there. */
    private Evaluation past(RunRecord run, Instant now) {
        if (run.state() == JobState.SUCCESS) {
            context.state().openLane(run.key()).ifPresent(lane -> laneIncidents.passed(lane, run, now));
        }
        return new Evaluation(
                SuppressionReason.KNOWN_AT_START, "it ended before anybody watched: nothing is said of the past");
    }

    private Evaluation passed(WindowEntry entry, Instant now) {
        RunRecord run = entry.run();
        sameCommit(run, now).stream().filter(WindowEntry::counts).forEach(flake -> context.windows()
                .setExclusion(flake, ExclusionReason.FLAKE));
        if (!run.key().isPresubmit()) {
            context.state().streaks().remove(run.lane());
            outages.passed(run);
        }
        context.state().openLane(run.key()).ifPresent(lane -> laneIncidents.passed(lane, run, now));
        return new Evaluation(SuppressionReason.SUCCESS, run.job() + " passed");
    }

    private Evaluation failed(WindowEntry entry, JobRun shown, Instant now) {
        RunRecord run = entry.run();
        boolean presubmit = run.key().isPresubmit();
        if (presubmit && sameCommit(run, now).stream().anyMatch(WindowEntry::passed)) {
            context.windows().setExclusion(entry, ExclusionReason.FLAKE);
            return new Evaluation(SuppressionReason.FLAKE, "the same commit passed in " + run.job() + " as well");
        }
        if (presubmit) {
            stormDetector.check(entry, now);
        }
        outageDetector.check(entry, now);
        Optional<LaneIncident> open = context.state().openLane(run.key());
        Optional<OutageIncident> outage = outages.covering(run.key().repository(), run.cluster());
        if (outage.isPresent()) {
            outages.add(outage.get(), entry, shown);
            open.ifPresent(lane -> laneIncidents.stillFails(lane, now));
            return new Evaluation(
                    SuppressionReason.FOLDED_INTO_OUTAGE,
                    "outage " + outage.get().id() + " explains it: "
                            + outage.get().why());
        }
        if (entry.exclusion() == ExclusionReason.STORM) {
            return new Evaluation(
                    SuppressionReason.ONE_PULL_MANY_LANES,
                    "#" + run.pull() + " has many red lanes at once: it is not about this one");
        }
        if (!presubmit) {
            context.state().streaks().merge(run.lane(), 1, Integer::sum);
        }
        if (open.isPresent()) {
            laneIncidents.join(open.get(), entry, shown, now);
            KnownIssueMatch mute = open.get().mute();
            if (mute != null) {
                return new Evaluation(
                        SuppressionReason.KNOWN_ISSUE, "incident " + open.get().id() + " is open; " + mute.sentence());
            }
            return new Evaluation(
                    SuppressionReason.JOINED_OPEN_INCIDENT,
                    "incident " + open.get().id() + " is open and told");
        }
        return checkThreshold(run, now);
    }

    /** Nothing larger explains it: is it enough? */
    private Evaluation checkThreshold(RunRecord run, Instant now) {
        HeldGroup waiting = context.state().held().get(run.key());
        if (waiting != null) {
            context.state().held().put(run.key(), waiting.with(run.id()));
            return new Evaluation(null, run.key().name() + " waits until " + waiting.until() + " for something larger");
        }
        ThresholdResult judgement = evaluator.evaluate(run.key(), now);
        if (!judgement.isMet()) {
            return new Evaluation(judgement.suppressionReason(), judgement.explanation());
        }
        Instant until = now.plus(context.thresholds().hold().time());
        context.state().held().put(run.key(), new HeldGroup(until, List.of(run.id())));
        context.timers().set(Kind.HELD, run.key().toString(), until);
        outageDetector.checkPileUp(run, now);
        return new Evaluation(null, judgement.explanation() + "; waits until " + until + " for something larger");
    }

    private List<WindowEntry> sameCommit(RunRecord run, Instant now) {
        return run.sha() == null
                ? List.of()
                : StreamSupport.stream(
                                context.windows().day(run.key(), now).entries().spliterator(), false)
                        .filter(other -> other.run().sameJobAndCommit(run))
                        .toList();
    }
}
