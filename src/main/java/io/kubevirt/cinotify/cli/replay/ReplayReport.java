// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.NotificationKind;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The notifications that would have been sent over a history; the contract of {@code replay --output json}.
 *
 * @param perWeek messages that interrupt a person
 */
record ReplayReport(
        int runs,
        @Nullable Instant from,
        @Nullable Instant until,
        WeeklyStats perWeek,
        List<SentMessage> messages,
        List<Incident> incidents,
        SortedMap<String, Integer> suppressed,
        Accounting conservation,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReplayComparison compare) {
    /**
     * A sent message.
     *
     * @param person the member it notifies; null for an edit, or if nobody is at work
     * @param audience everyone it mentions, or the channel
     * @param title identifies the incident across configurations; its id depends on when it was opened
     * @param reasons why it is sent, and why to this person at this time
     */
    record SentMessage(
            Instant at,
            NotificationKind kind,
            @Nullable String person,
            String channel,
            String audience,
            String sig,
            String area,
            String incident,
            String text,
            @JsonIgnore String title,
            @JsonIgnore List<String> reasons) {}

    /**
     * @param why what opened it, with the numbers; of an incident of another failure class, also that class
     * @param suspects the hypotheses about what broke it; empty if it is not about a lane
     */
    record Incident(
            String id,
            IncidentKind kind,
            String title,
            String why,
            String area,
            String sig,
            List<String> lanes,
            Instant openedAt,
            @Nullable Instant closedAt,
            int runs,
            int pulls,
            @Nullable String foldedInto,
            List<String> suspects) {
        static Incident of(IncidentView incident, List<String> suspects) {
            return new Incident(
                    incident.id(),
                    incident.kind(),
                    incident.title(),
                    incident.why(),
                    incident.diagnosis().area(),
                    incident.diagnosis().sig(),
                    incident.lanes(),
                    incident.openedAt(),
                    incident.closedAt(),
                    incident.runs(),
                    incident.pulls().size(),
                    incident.foldedInto(),
                    suspects);
        }
    }

    /** Runs by outcome; {@code received} is the sum of the others. */
    record Accounting(int received, int delivered, int suppressed, int deferred, int failed, int inProgress) {
        boolean holds() {
            return received == delivered + suppressed + deferred + failed + inProgress;
        }
    }

    /** Without single messages and incidents. */
    ReplayReport summary() {
        return new ReplayReport(runs, from, until, perWeek, List.of(), List.of(), suppressed, conservation, compare);
    }

    ReplayReport comparedTo(ReplayReport other) {
        return new ReplayReport(
                runs,
                from,
                until,
                perWeek,
                messages,
                incidents,
                suppressed,
                conservation,
                ReplayComparison.of(this, other));
    }

    /**
     * Messages that interrupt a person by week, Monday to Monday in UTC; weeks without messages count.
     *
     * @param mean rounded to hundredths
     * @param p95 by nearest rank
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
}
