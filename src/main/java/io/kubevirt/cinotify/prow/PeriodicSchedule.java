// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.kubevirt.cinotify.prow.Job.JobTrigger;
import io.kubevirt.cinotify.prow.PeriodicSchedule.IntervalSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** When Prow's horologium starts a periodic job, in UTC. */
public sealed interface PeriodicSchedule {
    /**
     * The schedule of a job. As in Prow, cron takes precedence over {@code minimum_interval}, and that over {@code
     * interval}. Empty for a job without a schedule or with an invalid one.
     */
    static Optional<PeriodicSchedule> of(JobTrigger trigger) {
        if (trigger.cron() != null && !trigger.cron().isEmpty()) {
            return CronSchedule.parse(trigger.cron());
        }
        return trigger.minimumInterval() != null
                ? IntervalSchedule.every(trigger.minimumInterval(), true)
                : Optional.ofNullable(trigger.interval()).flatMap(interval -> IntervalSchedule.every(interval, false));
    }

    /** The next start after any instant; for an interval, after the last start, or end if {@link #countsFromEnd()}. */
    Instant nextAfter(Instant instant);

    /** The interval between the two starts that follow an instant. */
    default Duration intervalAt(Instant instant) {
        Instant next = nextAfter(instant);
        return Duration.between(next, nextAfter(next));
    }

    /** Whether the interval counts from the end of the last run, not from its start. */
    boolean countsFromEnd();

    /** The schedule as text for people, as close to the configuration as possible. */
    String expression();

    /** The n-th start after an instant, n at least 1. */
    default Instant nthAfter(Instant instant, int n) {
        Instant start = instant;
        for (int count = 0; count < n; count++) {
            start = nextAfter(start);
        }
        return start;
    }

    /** A positive interval. */
    record IntervalSchedule(Duration interval, boolean countsFromEnd) implements PeriodicSchedule {
        static Optional<PeriodicSchedule> every(Duration interval, boolean countsFromEnd) {
            return interval.isPositive()
                    ? Optional.of(new IntervalSchedule(interval, countsFromEnd))
                    : Optional.empty();
        }

        @Override
        public Instant nextAfter(Instant instant) {
            return instant.plus(interval);
        }

        @Override
        public String expression() {
            return (countsFromEnd ? "after its end " : "every ") + GoDuration.format(interval);
        }
    }

    /**
     * A cron schedule as Prow parses it: robfig/cron with five fields, six fields of which the first is seconds, or a
     * descriptor such as {@code @daily} or {@code @every 1h30m}; always UTC.
     */
    final class CronSchedule implements PeriodicSchedule {
        private static final String EVERY = "@every ";
        private static final int FIELDS_WITH_SECONDS = 6;

        private final String expression;
        private final ExecutionTime times;

        private CronSchedule(String expression, Cron cron) {
            this.expression = expression;
            this.times = ExecutionTime.forCron(cron);
        }

        /** Empty for an expression that Prow rejects, and for a date that never occurs. */
        static Optional<PeriodicSchedule> parse(String expression) {
            String trimmed = expression.strip();
            if (trimmed.startsWith(EVERY)) {
                return GoDuration.parse(trimmed.substring(EVERY.length()).strip())
                        .flatMap(interval -> IntervalSchedule.every(interval, false));
            }
            try {
                CronSchedule schedule = new CronSchedule(trimmed, cron(trimmed));
                return schedule.times
                        .nextExecution(Instant.EPOCH.atZone(ZoneOffset.UTC))
                        .map(first -> schedule);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public Instant nextAfter(Instant instant) {
            return times.nextExecution(instant.atZone(ZoneOffset.UTC))
                    .orElseThrow(() -> new IllegalStateException("\"" + expression + "\" has no further execution"))
                    .toInstant();
        }

        @Override
        public boolean countsFromEnd() {
            return false;
        }

        @Override
        public String expression() {
            return expression;
        }

        /** @throws IllegalArgumentException if the expression is invalid */
        private static Cron cron(String expression) {
            List<String> fields = Arrays.stream(expression.split("\\s+"))
                    .map(CronSchedule::withoutEmptyItems)
                    .toList();
            CronParser parser = new CronParser(definition(fields.size() == FIELDS_WITH_SECONDS));
            return parser.parse(String.join(" ", fields));
        }

        /** Prow's library ignores empty items ("22," is 22) and treats a question mark as a star. */
        private static String withoutEmptyItems(String field) {
            String starred = field.replace('?', '*');
            return starred.contains(",")
                    ? Arrays.stream(starred.split(","))
                            .filter(item -> !item.isEmpty())
                            .collect(Collectors.joining(","))
                    : starred;
        }

        private static CronDefinition definition(boolean withSeconds) {
            CronDefinitionBuilder builder = CronDefinitionBuilder.defineCron();
            if (withSeconds) {
                builder.withSeconds().withStrictRange().and();
            }
            return builder.withMinutes()
                    .withStrictRange()
                    .and()
                    .withHours()
                    .withStrictRange()
                    .and()
                    .withDayOfMonth()
                    .withStrictRange()
                    .and()
                    .withMonth()
                    .withStrictRange()
                    .and()
                    .withDayOfWeek()
                    .withValidRange(0, 6)
                    .withMondayDoWValue(1)
                    .withStrictRange()
                    .and()
                    .withSupportedNicknameHourly()
                    .withSupportedNicknameDaily()
                    .withSupportedNicknameMidnight()
                    .withSupportedNicknameWeekly()
                    .withSupportedNicknameMonthly()
                    .withSupportedNicknameYearly()
                    .withSupportedNicknameAnnually()
                    .instance();
        }
    }
}
