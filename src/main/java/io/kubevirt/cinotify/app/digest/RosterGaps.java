/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app.digest;

import io.kubevirt.cinotify.roster.Finding;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.settings.Settings;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;

/** When nobody is at work in the coming week: on a Monday the week that begins. */
public final class RosterGaps {

    private static final Set<Finding.Kind> GAPS =
            Set.of(Finding.Kind.NO_MEMBER, Finding.Kind.GAP, Finding.Kind.AWAY, Finding.Kind.NEVER_AVAILABLE);

    private RosterGaps() {}

    /** @param zone that says which day it is */
    public static List<Finding> of(Settings settings, Instant now, ZoneId zone) {
        Instant week = now.atZone(zone)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY))
                .toInstant();
        return new RosterCheck(settings.roster(), settings.overlay(), settings.sigs(), settings.aliases(), List.of())
                .findings(week).stream()
                        .filter(finding -> GAPS.contains(finding.kind()))
                        .toList();
    }
}
