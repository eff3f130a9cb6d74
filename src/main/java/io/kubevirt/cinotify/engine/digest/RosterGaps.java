// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.roster.RosterProblem;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;

/** When nobody is at work in the coming week: on a Monday the week that begins. */
public final class RosterGaps {

    private static final Set<RosterProblem.Kind> GAPS = Set.of(
            RosterProblem.Kind.NO_MEMBER,
            RosterProblem.Kind.GAP,
            RosterProblem.Kind.AWAY,
            RosterProblem.Kind.NEVER_AVAILABLE);

    private RosterGaps() {}

    /** @param zone that says which day it is */
    public static List<RosterProblem> of(Config settings, Instant now, ZoneId zone) {
        Instant week = now.atZone(zone)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY))
                .toInstant();
        return new RosterCheck(
                        settings.roster(), settings.memberOverrides(), settings.sigs(), settings.aliases(), List.of())
                .problems(week).stream()
                        .filter(finding -> GAPS.contains(finding.kind()))
                        .toList();
    }
}
