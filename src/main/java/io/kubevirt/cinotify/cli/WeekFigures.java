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
package io.kubevirt.cinotify.cli;

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
record WeekFigures(
        double mean, int p95, int max, @JsonIgnore SortedMap<LocalDate, Integer> weeks) {

    private static final double HUNDREDTHS = 100.0;
    private static final double RANK = 0.95;

    static WeekFigures none() {
        return new WeekFigures(0, 0, 0, new TreeMap<>());
    }

    static WeekFigures of(List<Instant> messages, Instant from, Instant until) {
        SortedMap<LocalDate, Integer> weeks = new TreeMap<>();
        for (LocalDate week = monday(from); !week.isAfter(monday(until)); week = week.plusWeeks(1)) {
            weeks.put(week, 0);
        }
        messages.forEach(at -> weeks.merge(monday(at), 1, Integer::sum));
        List<Integer> sorted = weeks.values().stream().sorted().toList();
        int rank = (int) Math.ceil(RANK * sorted.size());
        return new WeekFigures(
                Math.round(HUNDREDTHS * messages.size() / sorted.size()) / HUNDREDTHS,
                sorted.get(rank - 1),
                sorted.getLast(),
                weeks);
    }

    private static LocalDate monday(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
