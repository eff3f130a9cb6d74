// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Messages by week, Monday to Monday in UTC; weeks without any count as well.
 *
 * @param mean rounded to hundredths
 * @param p95 by nearest rank
 * @param weeks how many in each, by its Monday
 */
record WeeklyStats(
        double mean, int p95, int max, @JsonIgnore SortedMap<LocalDate, Integer> weeks) {

    private static final double HUNDREDTHS = 100.0;
    private static final double RANK = 0.95;

    static WeeklyStats none() {
        return new WeeklyStats(0, 0, 0, new TreeMap<>());
    }

    static WeeklyStats of(List<Instant> messages, Instant from, Instant until) {
        SortedMap<LocalDate, Integer> weeks = new TreeMap<>();
        for (LocalDate week = monday(from); !week.isAfter(monday(until)); week = week.plusWeeks(1)) {
            weeks.put(week, 0);
        }
        messages.forEach(at -> weeks.merge(monday(at), 1, Integer::sum));
        List<Integer> sorted = weeks.values().stream().sorted().toList();
        int rank = (int) Math.ceil(RANK * sorted.size());
        return new WeeklyStats(
                Math.round(HUNDREDTHS * messages.size() / sorted.size()) / HUNDREDTHS,
                sorted.get(rank - 1),
                sorted.getLast(),
                weeks);
    }

    private static LocalDate monday(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
