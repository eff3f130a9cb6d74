// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import io.kubevirt.cinotify.roster.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens, updates and closes the incidents of lanes and families. */
final class LaneIncidentLifecycle {
    private final DetectContext context;
    private final LaneEvaluator evaluator;
    private final MuteRule muteRule;
    private final IntensityRule intensity;

    LaneIncidentLifecycle(DetectContext context, LaneEvaluator evaluator) {
        this.context = context;
        this.evaluator = evaluator;
        this.muteRule = new MuteRule(context, evaluator);
        this.intensity = new IntensityRule(context);
    }

    MuteRule muteRule() {
        return muteRule;
    }

    IntensityRule intensity() {
        return intensity;
    }

    /**
     * Opens an incident for a family, or reopens its last one if that closed recently; one that is open stays.
     * {@code after}: the outage after which the lane is still broken; null if the incident stands alone.
     */
    void open(GroupKey key, LaneEvaluator.Result result, LaneIncident.@Nullable Aftermath after, Instant now) {
        if (context.state().openLane(key).isPresent()) {
            return;
        }
        ObservedRun newest =
                Objects.requireNonNull(context.state().lastFailures().get(key));
        DiagnosedRun last = newest.diagnosedRun();
        Diagnosis diagnosis = Objects.requireNonNull(last.diagnosis(), "a failed run has a diagnosis");
        List<WindowEntry> red = context.windows().countedRuns(key, now);
        FailureClass most = key.failureClass() == null ? most(red) : key.failureClass();
        Optional<LaneIncident> former = continued(key, now);
        if (most != null && former.isPresent() && isOther(former.get(), most, red)) {
            context.state().lastFailures().put(key.ofClass(most), newest);
            open(key.ofClass(most), result, after, now);
            return;
        }
        LaneIncident lane = former.orElseGet(() ->
                new LaneIncident(context.ids().issue(IncidentKind.LANE, key.toString(), now), key, now, diagnosis));
        Instant resumedFrom = lane.closedAt();
        context.state().lanes().put(key, lane);
        lane.setDiagnosis(diagnosis, last.required());
        lane.open(now, result.explanation());
        lane.setLatest(FailedRun.of(last));
        lane.reset();
        lane.setAftermath(after);
        lane.setFailureClass(lane.failureClass() == null ? most : lane.failureClass());
        red.forEach(entry -> addRun(lane, entry.run()));
        addDay(lane, resumedFrom == null ? Objects.requireNonNullElse(lane.firstFailure(), now) : resumedFrom, now);
        findBrokenLanes(lane, red, now);
        context.timers().cancel(Kind.FORGET, lane.key());
        scheduleQuietClose(lane);
        context.results().notifiable(lane);
        muteRule.review(lane, now);
        if (former.isPresent()) {
            resume(lane, red, now);
        } else {
            begin(lane, red, now);
        }
        red.forEach(entry -> takeOver(lane, entry));
    }

    private void findBrokenLanes(LaneIncident lane, List<WindowEntry> red, Instant now) {
        red.stream()
                .map(entry -> entry.run().job())
                .distinct()
                .filter(job -> evaluator.isBroken(lane.groupKey(), job, now))
                .forEach(lane::addBrokenLane);
    }

    /** The failures of an incident of another class do not count for the first one any more. */
    private void takeOver(LaneIncident lane, WindowEntry entry) {
        if (lane.groupKey().failureClass() != null) {
            context.windows().excludeIfCounted(entry, WindowEntry.Exclusion.OTHER_CLASS);
        }
    }

    /** Whether failures after the end of an incident are surely another problem, which gets an incident of its class. */
    private boolean isOther(LaneIncident closed, @Nullable FailureClass most, List<WindowEntry> red) {
        return closed.differsFrom(most)
                && red.stream()
                                .filter(entry -> closed.differsFrom(entry.failureClass()))
                                .map(entry -> entry.run().subject())
                                .distinct()
                                .count()
                        >= context.thresholds().otherClass().pulls();
    }

    private static @Nullable FailureClass most(List<WindowEntry> red) {
        return FailureClass.ofMost(red.stream()
                        .map(entry -> Optional.ofNullable(entry.failureClass()))
                        .toList())
                .orElse(null);
    }

    /** Learns the class of an incident once most of its failures show it. */
    void learnClass(LaneIncident lane, Instant now) {
        if (lane.failureClass() == null) {
            lane.setFailureClass(most(context.windows().countedRuns(lane.groupKey(), now)));
        }
    }

    /** The open incident that a failure belongs to: one of its class, or else the first one of its family. */
    Optional<LaneIncident> openFor(WindowEntry entry) {
        return context.state()
                .openLanes(entry.run().key())
                .filter(lane -> lane.groupKey().failureClass() == null || entry.countsFor(lane.groupKey()))
                .reduce((first, ofClass) -> ofClass);
    }

    /** The results of the last day; those after an instant count for the extent. */
    private void addDay(LaneIncident lane, Instant from, Instant now) {
        lane.clearStrip();
        context.windows()
                .day(lane.groupKey().family(), now)
                .runs()
                .filter(entry ->
                        entry.isGreen() || lane.groupKey().failureClass() == null || entry.countsFor(lane.groupKey()))
                .forEach(entry ->
                        lane.addResult(entry.isGreen(), entry.at(), entry.at().isAfter(from)));
    }

    /** The last incident of the family, if it closed recently and was announced recently. */
    private Optional<LaneIncident> continued(GroupKey key, Instant now) {
        Thresholds.Reopening reopening = context.thresholds().reopening();
        LaneIncident last = context.state().lanes().get(key);
        if (last == null || last.closedAt() == null) {
            return Optional.empty();
        }
        return isWithin(reopening.within(), last.closedAt(), now)
                        && isWithin(reopening.notifyAgainAfter(), last.announcedAt(), now)
                ? Optional.of(last)
                : Optional.empty();
    }

    private static boolean isWithin(Duration limit, Instant from, Instant now) {
        return Duration.between(from, now).compareTo(limit) <= 0;
    }

    private void begin(LaneIncident lane, List<WindowEntry> red, Instant now) {
        red.forEach(entry -> lane.addKnownBranch(entry.run().base()));
        intensity.announce(lane, now);
    }

    private void resume(LaneIncident lane, List<WindowEntry> red, Instant now) {
        red.stream()
                .filter(entry -> lane.brokenLanes().contains(entry.run().job()))
                .map(entry -> entry.run().base())
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(branch -> noteBranch(lane, branch, now));
        intensity.check(lane, now);
    }

    /** @param last the run itself; null if later ones are known already */
    void join(LaneIncident lane, WindowEntry entry, @Nullable DiagnosedRun last, Instant now) {
        RunRecord run = entry.run();
        addRun(lane, run);
        lane.addResult(false, run.at(), true);
        if (last != null) {
            lane.setLatest(FailedRun.of(last));
            lane.setDiagnosis(lane.diagnosis(), lane.blocking() || last.required());
        }
        stillFails(lane, now);
        lane.red(run.job());
        if (evaluator.isBroken(lane.groupKey(), run.job(), now)) {
            lane.addBrokenLane(run.job());
            noteBranch(lane, run.base(), now);
        }
        if (lane.mute() != null) {
            muteRule.review(lane, now);
        }
        learnClass(lane, now);
        intensity.check(lane, now);
        takeOver(lane, entry);
        context.results().touch(lane);
    }

    private void addRun(LaneIncident lane, RunRecord run) {
        lane.addRun(run);
        context.results().joined(run.id(), lane);
    }

    /** Restarts the time after which the incident closes; every failure does, whatever explains it. */
    void stillFails(LaneIncident lane, Instant now) {
        lane.failed(now);
        scheduleQuietClose(lane);
    }

    void scheduleQuietClose(LaneIncident lane) {
        Thresholds.Closing closing = context.thresholds().closing();
        Duration quiet = lane.groupKey().isPresubmit() ? closing.presubmitsAfter() : closing.othersAfter();
        context.timers().set(Kind.QUIET, lane.key(), lane.lastFailure().plus(quiet));
    }

    /** A lane on a new branch is broken by itself: announces it, unless the last announcement is recent. */
    private void noteBranch(LaneIncident lane, String branch, Instant now) {
        if (!lane.addKnownBranch(branch)
                && !isWithin(context.thresholds().reopening().newBranchAfter(), lane.announcedAt(), now)) {
            lane.reachNewBranch(branch, now);
            context.results().notifiable(lane);
        }
    }

    void passed(LaneIncident lane, RunRecord run, Instant now) {
        lane.addResult(true, run.at(), true);
        context.results().touch(lane);
        int enough = context.thresholdResolver().greenToClose(run.lane());
        String witness = run.key().isPresubmit() ? run.pullKey().toString() : run.id();
        if (lane.passed(run.job(), witness, enough)) {
            close(lane, "passing again", now);
        }
    }

    void closeQuiet(LaneIncident lane, Instant now) {
        Duration quiet = Duration.between(lane.lastFailure(), now);
        close(lane, "no failed run for " + TimeText.duration(quiet), now);
    }

    /** Takes back a failure from the count in a row, because something else explains it. */
    void uncount(WindowEntry entry, Instant now) {
        RunRecord run = entry.run();
        boolean passedSince = context.windows()
                .day(run.key(), now)
                .runs()
                .anyMatch(other -> other.passed()
                        && other.run().job().equals(run.job())
                        && other.run().number() > run.number());
        if (!run.key().isPresubmit() && !passedSince) {
            context.state().streaks().computeIfPresent(run.lane(), (lane, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Takes back a failure that was none, and closes incidents that would not have opened without it. */
    void takeBack(WindowEntry entry, Instant now) {
        RunRecord run = entry.run();
        boolean counted = entry.counts() || entry.exclusion() == WindowEntry.Exclusion.OTHER_CLASS;
        context.windows().setExclusion(entry, WindowEntry.Exclusion.ABORTED);
        if (!counted) {
            return;
        }
        uncount(entry, now);
        context.state().openLanes(run.key()).toList().forEach(lane -> {
            boolean isRecent = !lane.openSince()
                    .isBefore(now.minus(context.thresholds().burst().window()));
            if (isRecent && !evaluator.evaluate(lane.groupKey(), now).isMet()) {
                close(lane, "its failed runs were aborted from outside", now);
            }
        });
    }

    /** Closes a recent incident whose runs are now explained by another incident. */
    void closeIfExplained(GroupKey key, DetectedIncident by, Instant now) {
        Instant floor = now.minus(context.thresholds().burst().window());
        context.state()
                .openLanes(key)
                .filter(lane -> !lane.openSince().isBefore(floor))
                .filter(lane -> !evaluator.evaluate(lane.groupKey(), now).isMet())
                .toList()
                .forEach(lane -> {
                    lane.foldInto(by.id());
                    close(lane, by.title() + " explains it, see incident " + by.id(), now);
                });
    }

    /** Closes the incident; its runs never count again. */
    void close(LaneIncident lane, String why, Instant now) {
        lane.close(now, why);
        context.timers().cancel(Kind.QUIET, lane.key());
        context.timers().cancel(Kind.MUTE_END, lane.key());
        context.forgetLater(lane, now);
        context.windows().countedRuns(lane.groupKey(), now).stream()
                .filter(entry -> !lane.differsFrom(entry.failureClass()))
                .forEach(entry -> context.windows().setExclusion(entry, WindowEntry.Exclusion.CLOSED));
        context.results().notifiable(lane);
    }

    void forget(LaneIncident lane) {
        context.state().lanes().remove(lane.groupKey());
    }
}
