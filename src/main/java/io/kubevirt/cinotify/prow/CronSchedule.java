// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cron expression as Prow reads it, which is as robfig/cron v3 does: five fields, six fields of which the first is
 * seconds, or a descriptor such as {@code @daily}; always UTC. No Java library reads it the same way: a step may exceed its
 * field, empty items of a list are ignored, Sunday is only 0, and a star anywhere in a list of days counts as no
 * restriction.
 */
final class CronSchedule implements PeriodicSchedule {
    private static final String EVERY = "@every ";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int FIELDS = 5;

    /** The highest bit of a field: the field has a star. No value of a field reaches it. */
    private static final long STAR = 1L << 63;

    /** The longest distance between two 29th of February. */
    private static final int MAX_YEARS = 8;

    private static final int NONE = -1;
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    private final String expression;
    private final long seconds;
    private final long minutes;
    private final long hours;
    private final long days;
    private final long months;
    private final long weekdays;

    private CronSchedule(String expression, String... fields) {
        boolean withSeconds = fields.length > FIELDS;
        int first = withSeconds ? 1 : 0;
        this.expression = expression;
        this.seconds = withSeconds ? Field.SECOND.bits(fields[0]) : 1;
        this.minutes = Field.MINUTE.bits(fields[first]);
        this.hours = Field.HOUR.bits(fields[first + 1]);
        this.days = Field.DAY.bits(fields[first + 2]);
        this.months = Field.MONTH.bits(fields[first + 3]);
        this.weekdays = Field.WEEKDAY.bits(fields[first + 4]);
    }

    /** @throws IllegalArgumentException with the reason, for an expression that Prow or its horologium rejects */
    static PeriodicSchedule parse(String expression) {
        if (expression.startsWith("TZ=") || expression.startsWith("CRON_TZ=")) {
            throw new IllegalArgumentException("Prow starts no job with a time zone: write the times in UTC");
        }
        if (expression.startsWith("@")) {
            return descriptor(expression);
        }
        String[] fields = expression.strip().split("\\s+");
        if (fields.length != FIELDS && fields.length != FIELDS + 1) {
            throw new IllegalArgumentException("it does not have five fields, or six with the seconds first");
        }
        return new CronSchedule(expression, fields);
    }

    private static PeriodicSchedule descriptor(String expression) {
        if (expression.startsWith(EVERY)) {
            String text = expression.substring(EVERY.length());
            Duration interval = GoDuration.parse(text.startsWith("-") ? text.substring(1) : text)
                    .orElseThrow(() -> new IllegalArgumentException(text + " is not a duration such as 1h30m"));
            boolean tooShort = text.startsWith("-") || interval.compareTo(SECOND) < 0;
            return new IntervalSchedule(tooShort ? SECOND : Duration.ofSeconds(interval.getSeconds()), false);
        }
        String fields =
                switch (expression) {
                    case "@yearly", "@annually" -> "0 0 1 1 *";
                    case "@monthly" -> "0 0 1 * *";
                    case "@weekly" -> "0 0 * * 0";
                    case "@daily", "@midnight" -> "0 0 * * *";
                    case "@hourly" -> "0 * * * *";
                    default -> throw new IllegalArgumentException("there is no " + expression);
                };
        return new CronSchedule(expression, fields.split(" "));
    }

    @Override
    public boolean fires() {
        return next(Instant.EPOCH).isPresent();
    }

    @Override
    public Instant nextAfter(Instant instant) {
        return next(instant)
                .orElseThrow(() -> new IllegalStateException("\"" + expression + "\" has no further execution"));
    }

    /** The next start after an instant; empty for a date that does not exist, such as the 31st of February. */
    Optional<Instant> next(Instant instant) {
        LocalDateTime from = LocalDateTime.ofEpochSecond(instant.getEpochSecond() + 1, 0, ZoneOffset.UTC);
        int second = from.toLocalTime().toSecondOfDay();
        LocalDate day = from.toLocalDate();
        LocalDate last = day.plusYears(MAX_YEARS);
        while (!day.isAfter(last)) {
            if (!has(months, day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
                second = 0;
                continue;
            }
            int start = matches(day) ? secondFrom(second) : NONE;
            if (start != NONE) {
                return Optional.of(day.atStartOfDay().plusSeconds(start).toInstant(ZoneOffset.UTC));
            }
            day = day.plusDays(1);
            second = 0;
        }
        return Optional.empty();
    }

    /** Two restricted day fields are alternatives, as in any cron; a star in either makes both necessary. */
    private boolean matches(LocalDate day) {
        boolean ofMonth = has(days, day.getDayOfMonth());
        boolean ofWeek = has(weekdays, day.getDayOfWeek().getValue() % 7);
        return (days | weekdays) < 0 ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    /** The first start of a day, not before a second of the day. */
    private int secondFrom(int from) {
        for (int hour = next(hours, from / HOUR); hour <= Field.HOUR.max; hour = next(hours, hour + 1)) {
            int rest = Math.max(0, from - hour * HOUR);
            for (int minute = next(minutes, rest / MINUTE);
                    minute <= Field.MINUTE.max;
                    minute = next(minutes, minute + 1)) {
                int second = next(seconds, Math.max(0, rest - minute * MINUTE));
                if (second <= Field.SECOND.max) {
                    return hour * HOUR + minute * MINUTE + second;
                }
            }
        }
        return NONE;
    }

    /** The lowest value of a field that is not below another; above every maximum if there is none. */
    private static int next(long bits, int from) {
        return Long.numberOfTrailingZeros(bits & -1L << from);
    }

    private static boolean has(long bits, int value) {
        return (bits >>> value & 1) != 0;
    }

    @Override
    public boolean isAtMostDaily() {
        return Long.bitCount(seconds & ~STAR) == 1
                && Long.bitCount(minutes & ~STAR) == 1
                && Long.bitCount(hours & ~STAR) == 1;
    }

    @Override
    public boolean countsFromEnd() {
        return false;
    }

    @Override
    public String expression() {
        return expression;
    }

    /** A field of an expression, with its lowest and highest value. */
    private enum Field {
        SECOND(0, 59),
        MINUTE(0, 59),
        HOUR(0, 23),
        DAY(1, 31),
        MONTH(1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        WEEKDAY(0, 6, "sun", "mon", "tue", "wed", "thu", "fri", "sat");

        private final int min;
        private final int max;
        private final List<String> names;

        Field(int min, int max, String... names) {
            this.min = min;
            this.max = max;
            this.names = List.of(names);
        }

        /** The values of a comma-separated list of ranges, one bit each, and the star. */
        private long bits(String field) {
            long bits = 0;
            for (String range : field.split(",")) {
                bits |= range.isEmpty() ? 0 : rangeBits(range);
            }
            return bits;
        }

        private long rangeBits(String range) {
            String[] parts = range.split("/", -1);
            String[] ends = parts[0].split("-", -1);
            boolean star = ends[0].equals("*") || ends[0].equals("?");
            if (parts.length > 2 || !star && ends.length > 2) {
                throw new IllegalArgumentException(range + " is not a range");
            }
            int step = parts.length == 1 ? 1 : number(parts[1]);
            int start = star ? min : value(ends[0]);
            // "5/20" is from 5 to the end.
            boolean open = star || parts.length > 1 && ends.length == 1;
            int end = open ? max : value(ends[ends.length - 1]);
            if (start < min || end > max || start > end || step == 0) {
                throw new IllegalArgumentException(range + " is not a range within " + min + "-" + max + " of the "
                        + name().toLowerCase(Locale.ROOT));
            }
            long bits = star && step == 1 ? STAR : 0;
            for (long value = start; value <= end; value += step) {
                bits |= 1L << value;
            }
            return bits;
        }

        private int value(String text) {
            int name = names.indexOf(text.toLowerCase(Locale.ROOT));
            return name == NONE ? number(text) : name + min;
        }

        /** As Go reads it: a sign may precede it. */
        private static int number(String text) {
            try {
                int number = Integer.parseInt(text);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("\"" + text + "\" is not a number", e);
            }
            throw new IllegalArgumentException(text + " is negative");
        }
    }
}
