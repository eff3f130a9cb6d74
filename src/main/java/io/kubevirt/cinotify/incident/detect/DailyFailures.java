// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.kubevirt.cinotify.incident.GroupKey;
import io.kubevirt.cinotify.incident.Persisted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many runs failed, and on how many pull requests, by family and day in UTC. The windows hold one day only; this is
 * what a bad day is compared with.
 */
@Persisted
final class DailyFailures {
    /** The day of the window and the day before are not compared with themselves. */
    private static final int DAYS_OF_WINDOW = 2;

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Day(long day, int runs, int pulls) {}

    /** Averages of a day. They count one more failure than there was, so that nothing has the chance zero. */
    record Average(double runs, double pulls) {}

    private final TreeMap<GroupKey, ArrayList<Day>> days = new TreeMap<>();
    private @Nullable Long firstDay;

    static long dayOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }

    /** Counts a failed run. {@code newPull}: whether it is the first one on its pull request on this day. */
    void add(GroupKey key, Instant at, boolean newPull) {
        long today = dayOf(at);
        firstDay = firstDay == null ? Long.valueOf(today) : firstDay;
        List<Day> known = days.computeIfAbsent(key, none -> new ArrayList<>(1));
        Day last = known.isEmpty() || known.getLast().day() != today ? new Day(today, 0, 0) : known.removeLast();
        known.add(new Day(today, last.runs() + 1, last.pulls() + (newPull ? 1 : 0)));
    }

    /** Makes this empty one equal to another. */
    void addAll(DailyFailures other) {
        days.putAll(other.days);
        days.replaceAll((key, known) -> new ArrayList<>(known));
        firstDay = other.firstDay;
    }

    /** Drops days that no average needs any more. */
    void expire(Instant now, Duration trailing) {
        long oldest = dayOf(now) - trailing.toDays() - DAYS_OF_WINDOW;
        days.values().removeIf(known -> {
            known.removeIf(day -> day.day() < oldest);
            return known.isEmpty();
        });
    }

    /** Over the trailing days, or over as many as were seen. */
    Average average(GroupKey key, Instant now, Duration trailing) {
        long end = dayOf(now) - DAYS_OF_WINDOW + 1;
        long begin = Math.max(end - trailing.toDays(), firstDay == null ? end : firstDay);
        double observed = Math.max(1, end - begin);
        int runs = 1;
        int pulls = 1;
        for (Day day : days.getOrDefault(key, new ArrayList<>(0))) {
            if (day.day() >= begin && day.day() < end) {
                runs += day.runs();
                pulls += day.pulls();
            }
        }
        return new Average(runs / observed, pulls / observed);
    }

    /** The chance of at least {@code count} events if {@code average} are expected, by Poisson; the same on all machines. */
    static double chanceOf(int count, double average) {
        double term = StrictMath.exp(-average);
        double below = 0;
        for (int events = 0; events < count; events++) {
            below += term;
            term *= average / (events + 1);
        }
        return Math.max(0, 1 - below);
    }
}
