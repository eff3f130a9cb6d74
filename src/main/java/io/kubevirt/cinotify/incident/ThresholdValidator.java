// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether thresholds make sense together. */
public final class ThresholdValidator {

    /**
     * What makes no sense.
     *
     * @param path where it is written, from the block of the thresholds on
     * @param problem what is wrong, as a sentence without the final stop
     * @param hint what to do about it, as a sentence without the final stop
     */
    public record Violation(List<String> path, String problem, String hint) {
        /** Copies the path. */
        public Violation {
            path = List.copyOf(path);
        }
    }

    private static final int ALL = 100;

    private final Thresholds thresholds;
    private final List<Violation> violations = new ArrayList<>();

    private ThresholdValidator(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** All that speaks against them; none if they are good. */
    public static List<Violation> validate(Thresholds thresholds) {
        ThresholdValidator validator = new ThresholdValidator(thresholds);
        validator.durations();
        validator.counts();
        validator.shares();
        if (validator.violations.isEmpty()) {
            validator.together();
        }
        thresholds.repositories().forEach((name, own) -> validator.override("repositories", name, own));
        thresholds.jobs().forEach((name, own) -> validator.override("jobs", name, own));
        return validator.violations;
    }

    private void durations() {
        positive(thresholds.presubmits().window(), "presubmits", "window");
        positive(thresholds.families().window(), "families", "window");
        positive(thresholds.onePull().window(), "onePull", "window");
        positive(thresholds.burst().window(), "burst", "window");
        positive(thresholds.clusters().window(), "clusters", "window");
        positive(thresholds.outages().endAfter(), "outages", "endAfter");
        positive(thresholds.closing().quiet(), "closing", "quiet");
        positive(thresholds.closing().stale(), "closing", "stale");
        if (thresholds.hold().time().isNegative()) {
            report("is less than nothing", "write 0s for no wait, or a time such as 10m", "hold", "time");
        }
        positive(thresholds.onePull().keep(), "onePull", "keep");
        positive(thresholds.escalation().primary(), "escalation", "primary");
        positive(thresholds.escalation().secondary(), "escalation", "secondary");
        positive(thresholds.escalation().backup(), "escalation", "backup");
    }

    /** Runs are kept for the lanes' window: no other can look further back. */
    private void withinRetention(Duration window, String... path) {
        if (window.compareTo(thresholds.presubmits().window()) > 0) {
            report(
                    "is longer than presubmits.window, and older runs are not kept",
                    "shorten it, or make presubmits.window longer",
                    path);
        }
    }

    private void positive(Duration duration, String... path) {
        if (duration.isZero() || duration.isNegative()) {
            report("is nothing: in no time at all nothing can be counted", "give a time such as 24h", path);
        }
    }

    private void counts() {
        count(thresholds.presubmits().pulls(), "presubmits", "pulls");
        count(thresholds.families().pulls(), "families", "pulls");
        count(thresholds.families().branches(), "families", "branches");
        count(thresholds.inARow().periodic(), "inARow", "periodic");
        count(thresholds.inARow().dailyPeriodic(), "inARow", "dailyPeriodic");
        count(thresholds.inARow().postsubmit(), "inARow", "postsubmit");
        count(thresholds.inARow().batch(), "inARow", "batch");
        count(thresholds.closing().pulls(), "closing", "pulls");
        count(thresholds.hold().pileUp(), "hold", "pileUp");
        count(thresholds.onePull().lanes(), "onePull", "lanes");
        count(thresholds.burst().pulls(), "burst", "pulls");
        count(thresholds.burst().lanesEach(), "burst", "lanesEach");
        count(thresholds.burst().lanes(), "burst", "lanes");
        count(thresholds.clusters().errors(), "clusters", "errors");
        count(thresholds.clusters().lanes(), "clusters", "lanes");
        count(thresholds.clusters().subjects(), "clusters", "subjects");
    }

    private void count(@Nullable Integer count, String... path) {
        if (count != null && count < 1) {
            report("is " + count + ": it would be met without any run", "write 1 or more", path);
        }
    }

    private void shares() {
        share(thresholds.presubmits().share(), "presubmits", "share");
        share(thresholds.burst().share(), "burst", "share");
        share(thresholds.clusters().share(), "clusters", "share");
    }

    private void share(@Nullable Integer share, String... path) {
        if (share != null && (share < 1 || share > ALL)) {
            report("is " + share + ": a share is given in per cent", "write a number from 1 to 100", path);
        }
    }

    private void together() {
        withinRetention(thresholds.families().window(), "families", "window");
        withinRetention(thresholds.onePull().window(), "onePull", "window");
        withinRetention(thresholds.burst().window(), "burst", "window");
        withinRetention(thresholds.clusters().window(), "clusters", "window");
        withinRetention(thresholds.outages().endAfter(), "outages", "endAfter");
        belowOpening(thresholds.closing().pulls(), thresholds.presubmits().pulls(), "closing", "pulls");
        if (thresholds.closing().quiet().compareTo(thresholds.families().window()) < 0) {
            report(
                    "is shorter than families.window: an incident would close while it is still counted",
                    "write at least the length of that window",
                    "closing",
                    "quiet");
        }
        if (thresholds.hold().time().compareTo(thresholds.outages().endAfter()) > 0) {
            report(
                    "is longer than outages.endAfter: the outage that a lane waits for would be over",
                    "wait for some minutes",
                    "hold",
                    "time");
        }
        if (thresholds.onePull().lanes() <= thresholds.burst().lanesEach()) {
            report(
                    "is not more than burst.lanesEach: every struck pull request would be set aside",
                    "write more than that",
                    "onePull",
                    "lanes");
        }
    }

    private void belowOpening(int closes, int opens, String... path) {
        if (closes >= opens) {
            report(
                    "is " + closes + ", not less than the " + opens
                            + " pull requests that open an incident: it would hardly ever close",
                    "write less than " + opens,
                    path);
        }
    }

    private void override(String block, String name, Thresholds.Override own) {
        count(own.failures(), block, name, "failures");
        count(own.closePulls(), block, name, "closePulls");
        share(own.share(), block, name, "share");
        if (own.closePulls() != null) {
            int opens = own.failures() == null ? thresholds.presubmits().pulls() : own.failures();
            belowOpening(own.closePulls(), opens, block, name, "closePulls");
        }
    }

    private void report(String problem, String hint, String... path) {
        violations.add(new Violation(Stream.of(path).toList(), String.join(".", path) + " " + problem, hint));
    }
}
