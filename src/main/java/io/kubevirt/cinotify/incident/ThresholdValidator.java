// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.incident.Thresholds.Mute;
import io.kubevirt.cinotify.incident.Thresholds.Override;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;

/** Checks thresholds one by one, and then whether they fit together. */
final class ThresholdValidator {
    private final Thresholds thresholds;
    private final ConfigValidator check;

    ThresholdValidator(Thresholds thresholds, ConfigValidator check) {
        this.thresholds = thresholds;
        this.check = check;
    }

    void check() {
        int before = check.problems().size();
        durations();
        counts();
        check.percentage(thresholds.presubmits().share(), "presubmits", "share");
        check.percentage(thresholds.burst().share(), "burst", "share");
        check.percentage(thresholds.clusters().share(), "clusters", "share");
        check.percentage(thresholds.intensity().chance(), "intensity", "chance");
        if (check.problems().size() == before) {
            relations();
        }
        thresholds.repositories().forEach((name, own) -> override(check.at("repositories", name), own));
        thresholds.jobs().forEach((name, own) -> override(check.at("jobs", name), own));
    }

    private void durations() {
        check.positive(thresholds.presubmits().window(), "presubmits", "window");
        check.positive(thresholds.families().window(), "families", "window");
        check.positive(thresholds.onePull().window(), "onePull", "window");
        check.positive(thresholds.burst().window(), "burst", "window");
        check.positive(thresholds.clusters().window(), "clusters", "window");
        check.positive(thresholds.slowOutages().window(), "slowOutages", "window");
        check.positive(thresholds.slowOutages().endAfter(), "slowOutages", "endAfter");
        check.positive(thresholds.intensity().trailing(), "intensity", "trailing");
        check.positive(thresholds.outages().endAfter(), "outages", "endAfter");
        check.positive(thresholds.closing().presubmitsAfter(), "closing", "presubmitsAfter");
        check.positive(thresholds.closing().othersAfter(), "closing", "othersAfter");
        if (thresholds.hold().time().isNegative()) {
            check.report("must not be negative", "use 0s for no deferral, or a duration such as 10m", "hold", "time");
        }
        check.positive(thresholds.onePull().keep(), "onePull", "keep");
        check.positive(thresholds.escalation().primary(), "escalation", "primary");
        check.positive(thresholds.escalation().secondary(), "escalation", "secondary");
        check.positive(thresholds.escalation().backup(), "escalation", "backup");
    }

    private void counts() {
        check.atLeast(thresholds.presubmits().pulls(), 1, "presubmits", "pulls");
        check.atLeast(thresholds.families().pulls(), 1, "families", "pulls");
        check.atLeast(thresholds.families().branches(), 1, "families", "branches");
        check.atLeast(thresholds.inARow().periodic(), 1, "inARow", "periodic");
        check.atLeast(thresholds.inARow().dailyPeriodic(), 1, "inARow", "dailyPeriodic");
        check.atLeast(thresholds.inARow().postsubmit(), 1, "inARow", "postsubmit");
        check.atLeast(thresholds.inARow().batch(), 1, "inARow", "batch");
        check.atLeast(thresholds.closing().pulls(), 1, "closing", "pulls");
        check.atLeast(thresholds.hold().outageFamilies(), 1, "hold", "outageFamilies");
        check.atLeast(thresholds.onePull().lanes(), 1, "onePull", "lanes");
        check.atLeast(thresholds.burst().pulls(), 1, "burst", "pulls");
        check.atLeast(thresholds.burst().lanesEach(), 1, "burst", "lanesEach");
        check.atLeast(thresholds.burst().lanes(), 1, "burst", "lanes");
        check.atLeast(thresholds.otherClass().pulls(), 1, "otherClass", "pulls");
        check.atLeast(thresholds.intensity().factor(), 2, "intensity", "factor");
        check.atLeast(thresholds.slowOutages().pulls(), 2, "slowOutages", "pulls");
        check.atLeast(thresholds.slowOutages().lanes(), 2, "slowOutages", "lanes");
        check.atLeast(thresholds.clusters().errors(), 1, "clusters", "errors");
        check.atLeast(thresholds.clusters().lanes(), 1, "clusters", "lanes");
        check.atLeast(thresholds.clusters().subjects(), 1, "clusters", "subjects");
    }

    private void relations() {
        withinRetention(thresholds.families().window(), "families", "window");
        withinRetention(thresholds.onePull().window(), "onePull", "window");
        withinRetention(thresholds.burst().window(), "burst", "window");
        withinRetention(thresholds.clusters().window(), "clusters", "window");
        withinRetention(thresholds.slowOutages().window(), "slowOutages", "window");
        withinRetention(thresholds.outages().endAfter(), "outages", "endAfter");
        belowOpening(
                check, thresholds.closing().pulls(), thresholds.presubmits().pulls(), "closing", "pulls");
        Duration familyWindow = thresholds.families().window();
        if (thresholds.closing().presubmitsAfter().compareTo(familyWindow) < 0) {
            check.report(
                    "is shorter than families.window: an incident would close while its failures are still counted",
                    "use a duration of at least families.window",
                    "closing",
                    "presubmitsAfter");
        }
        if (thresholds.hold().time().compareTo(thresholds.outages().endAfter()) > 0) {
            check.report(
                    "is longer than outages.endAfter: the outage would end while incidents are deferred for it",
                    "use a few minutes",
                    "hold",
                    "time");
        }
        if (thresholds.onePull().lanes() <= thresholds.burst().lanesEach()) {
            check.report(
                    "must be greater than burst.lanesEach: otherwise every affected pull request is attributed to"
                            + " itself",
                    "use " + (thresholds.burst().lanesEach() + 1) + " or more",
                    "onePull",
                    "lanes");
        }
    }

    /** Runs are kept for presubmits.window. */
    private void withinRetention(Duration window, Object... at) {
        if (window.compareTo(thresholds.presubmits().window()) > 0) {
            check.report(
                    "is longer than presubmits.window, and older runs are not kept",
                    "shorten it, or extend presubmits.window",
                    at);
        }
    }

    private static void belowOpening(ConfigValidator block, int closes, int opens, Object... at) {
        if (closes >= opens) {
            block.report(
                    "is " + closes + ", must be less than the " + Plural.of(opens, "pull request")
                            + " that open an incident: otherwise it hardly ever closes",
                    "use less than " + opens,
                    at);
        }
    }

    private void override(ConfigValidator block, Override own) {
        block.atLeast(own.failures(), 1, "failures");
        block.atLeast(own.closePulls(), 1, "closePulls");
        block.percentage(own.share(), "share");
        if (own.closePulls() != null) {
            int opens = own.failures() == null ? thresholds.presubmits().pulls() : own.failures();
            belowOpening(block, own.closePulls(), opens, "closePulls");
        }
        if (own.mute() != null) {
            mute(block, own.mute());
        }
    }

    private static void mute(ConfigValidator block, Mute mute) {
        if (mute.until() == null) {
            block.report("has no end", "add until with a date, such as until: 2026-12-24", "mute");
        } else if (Mute.parseEnd(mute.until()).isEmpty()) {
            block.report(
                    "\"" + mute.until() + "\" is not a date",
                    "write it as 2026-12-24 or 2026-12-24T10:00:00Z",
                    "mute",
                    "until");
        }
    }
}
