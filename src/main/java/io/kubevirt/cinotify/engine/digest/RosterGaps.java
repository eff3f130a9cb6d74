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

/** Times of the coming week at which nobody is on duty; on a Monday, of the week that begins. */
public final class RosterGaps {

    private static final Set<RosterProblem.Kind> GAPS = Set.of(
            RosterProblem.Kind.NO_MEMBER,
            RosterProblem.Kind.GAP,
            RosterProblem.Kind.AWAY,
            RosterProblem.Kind.NEVER_AVAILABLE);

    private RosterGaps() {}

    /** @param zone defines when the week begins */
    public static List<RosterProblem> of(Config config, Instant now, ZoneId zone) {
        Instant week = now.atZone(zone)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY))
                .toInstant();
        return new RosterCheck(config.roster(), config.memberOverrides(), config.sigs(), config.aliases(), List.of())
                .problems(week).stream()
                        .filter(finding -> GAPS.contains(finding.kind()))
                        .toList();
    }
}
