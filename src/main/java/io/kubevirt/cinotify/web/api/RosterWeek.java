// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.roster.Level;
import java.time.Instant;
import java.util.List;

/**
 * Who works when in a week, by area.
 *
 * @param week as ISO 8601 writes it: 2026-W49
 * @param zone the zone in which the week begins and ends
 * @param previous the week before
 * @param next the week after
 */
public record RosterWeek(
        String week, String zone, Instant from, Instant until, String previous, String next, List<Area> areas) {
    public RosterWeek {
        areas = List.copyOf(areas);
    }

    /**
     * @param gaps when nobody works
     * @param coveredHours hours of the week in which somebody works
     */
    public record Area(String area, List<Shift> shifts, List<Gap> gaps, List<Absence> absences, long coveredHours) {
        public Area {
            shifts = List.copyOf(shifts);
            gaps = List.copyOf(gaps);
            absences = List.copyOf(absences);
        }
    }

    public record Shift(String person, Level level, Instant from, Instant until) {}

    public record Gap(Instant from, Instant until) {}

    /** @param kind day off or pause */
    public record Absence(String person, Level level, String kind, Instant from, Instant until) {}
}
