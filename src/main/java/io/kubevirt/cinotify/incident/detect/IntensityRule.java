// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.RunRecord;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.detect.DailyFailures.Average;
import io.kubevirt.cinotify.roster.TimeText;
import io.kubevirt.cinotify.text.Plural;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Decides whether failures are clearly more than usual: compared with the last announcement, and with the trailing days.
 * It needs no passing run.
 */
final class IntensityRule {
    private static final double PERCENT = 100.0;

    private final DetectContext context;

    IntensityRule(DetectContext context) {
        this.context = context;
    }

    /** Counts a failed run towards the average of its family. */
    void count(WindowEntry entry) {
        GroupKey family = entry.run().key();
        count(family, entry, context.windows().day(family, entry.at()).runs().filter(WindowEntry::failed));
    }

    /** Counts a failed run towards the average of its cause, once that is known. */
    void countCause(WindowEntry entry) {
        RunWindows.causeOf(entry)
                .ifPresent(cause -> count(cause, entry, context.windows().ofCause(cause)));
    }

    private void count(GroupKey key, WindowEntry entry, Stream<WindowEntry> all) {
        RunRecord run = entry.run();
        long today = DailyFailures.dayOf(run.at());
        boolean newPull = all.map(WindowEntry::run)
                .noneMatch(other -> other.number() != run.number()
                        && DailyFailures.dayOf(other.at()) == today
                        && other.subject().equals(run.subject()));
        context.state().dailyFailures().add(key, run.at(), newPull);
    }

    /** Records what is known of a lane when it is announced for the first time. */
    void announce(LaneIncident lane, Instant now) {
        lane.reach(step(0, context.windows().countedRuns(lane.groupKey(), now), "", now));
    }

    /**
     * Adds a step if the lane got clearly worse. Only failures since the last announcement count: a lane that breaks for all
     * pull requests fails on more and more of them, which is no news.
     */
    void check(LaneIncident lane, Instant now) {
        if (!lane.groupKey().isPresubmit() || lane.mute() != null || lane.foldedInto() != null) {
            return;
        }
        LaneIncident.Step before = lane.step();
        if (before == null) {
            announce(lane, now);
            return;
        }
        List<WindowEntry> since = context.windows().countedRuns(lane.groupKey(), now).stream()
                .filter(entry -> entry.run().isAfter(before.at()))
                .toList();
        int pulls = pulls(since);
        GroupKey family = lane.groupKey().family();
        if (pulls >= context.thresholds().intensity().factor() * before.pulls()
                && isUnusual(family, pulls, since.size(), now)) {
            String why = "it got worse: since the last notification red on " + Plural.of(pulls, "pull request") + " ("
                    + Plural.of(since.size(), "failed run") + ") within "
                    + TimeText.duration(context.thresholds().presubmits().window()) + ", at that notification on "
                    + before.pulls() + "; " + usual(family, now);
            lane.reach(step(before.number() + 1, since, why, now));
            context.results().notifiable(lane);
        }
    }

    private static LaneIncident.Step step(int number, Collection<WindowEntry> red, String why, Instant now) {
        return new LaneIncident.Step(number, now, pulls(red), red.size(), why);
    }

    private static int pulls(Collection<WindowEntry> red) {
        return (int) red.stream().map(entry -> entry.run().pull()).distinct().count();
    }

    /** Whether as many failures have a small chance by the average of the trailing days. */
    boolean isUnusual(GroupKey key, int pulls, int runs, Instant now) {
        Average average = average(key, now);
        double limit = context.thresholds().intensity().chance() / PERCENT;
        return DailyFailures.chanceOf(pulls, average.pulls()) < limit
                && DailyFailures.chanceOf(runs, average.runs()) < limit;
    }

    String usual(GroupKey key, Instant now) {
        return String.format(
                Locale.ROOT,
                "usual are %.1f pull requests a day",
                average(key, now).pulls());
    }

    private Average average(GroupKey key, Instant now) {
        Thresholds.Intensity intensity = context.thresholds().intensity();
        return context.state().dailyFailures().average(key, now, intensity.trailing());
    }
}
