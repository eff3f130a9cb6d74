// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.parameter.Range;
import biweekly.property.Attendee;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.property.ExceptionDates;
import biweekly.property.ICalProperty;
import biweekly.property.RawProperty;
import biweekly.property.RecurrenceDates;
import biweekly.property.RecurrenceId;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import io.kubevirt.cinotify.roster.CalendarPlan.Ignored;
import io.kubevirt.cinotify.roster.CalendarSeries.Rule;
import io.kubevirt.cinotify.roster.CalendarSeries.Shift;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads who is on duty from an iCalendar (RFC 5545). A calendar that is cut off, or of which no event can be read, is rejected;
 * single events that cannot be read, and people whom nobody knows, become problems of the plan.
 */
public final class CalendarReader {
    /** The end of what a calendar shows that was made of a schedule. */
    public static final String KNOWN_UNTIL = "X-CI-NOTIFY-UNTIL";

    private static final int MOST_EVENTS = 20_000;
    private static final int MOST_SERIES = 500;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2200;
    private static final int LONGEST_INTERVAL = 1000;
    private static final int MOST_REPETITIONS = 10_000;
    private static final Duration LONGEST = Duration.ofDays(366);

    private final String file;
    private final ZoneId zone;
    private final CalendarPeople people;
    private final Map<String, Ignored> problems = new LinkedHashMap<>();

    /** Why an event is not followed, without what the calendar says: it may be private. */
    private @Nullable String reason;

    private @Nullable CalendarZones zones;

    /**
     * @param file for problems
     * @param zone of dates without one
     */
    public CalendarReader(String file, ZoneId zone, CalendarPeople people) {
        this.file = file;
        this.zone = zone;
        this.people = people;
    }

    /** An event that is not followed; the message ends up in a problem. */
    private static final class UnreadableEventException extends Exception {
        UnreadableEventException(String message) {
            super(message, null, false, false);
        }
    }

    /** @throws InvalidConfigException with one problem, which contains nothing of the calendar */
    public DutyPlan read(String text) throws InvalidConfigException {
        try {
            return plan(parse(text));
        } catch (RuntimeException e) {
            throw invalid("cannot be read (" + e.getClass().getSimpleName() + ")", "export it again");
        }
    }

    private DutyPlan plan(ICalendar calendar) throws InvalidConfigException {
        List<VEvent> events = calendar.getEvents();
        if (events.isEmpty() || events.size() > MOST_EVENTS) {
            throw invalid(
                    events.isEmpty() ? "has no event" : "has more than " + MOST_EVENTS + " events",
                    "export the calendar of the people on duty");
        }
        if (events.stream().filter(event -> event.getRecurrenceRule() != null).count() > MOST_SERIES) {
            throw invalid(
                    "has more than " + MOST_SERIES + " repeating events", "export the calendar of the people on duty");
        }
        zones = new CalendarZones(calendar.getTimezoneInfo(), zone);
        List<CalendarSeries> series = new ArrayList<>();
        CalendarEvents.byUid(events).forEach(group -> series.addAll(series(group)));
        if (series.isEmpty()) {
            throw invalid(
                    "has no shift" + (reason == null ? "" : ": of the first event, " + reason),
                    "export the calendar of the people on duty");
        }
        if (series.stream().allMatch(each -> each.people().isEmpty())) {
            throw invalid(
                    "names nobody who is known",
                    "share its events with their titles, and add the names or e-mail addresses in them to"
                            + " roster.members.LOGIN.names");
        }
        return new CalendarPlan(series, List.copyOf(problems.values()), knownUntil(calendar));
    }

    private ICalendar parse(String text) throws InvalidConfigException {
        String body = text.replace("\uFEFF", "").strip();
        String upper = body.toUpperCase(Locale.ROOT);
        if (!upper.startsWith("BEGIN:VCALENDAR")) {
            throw invalid("is not an iCalendar: it does not start with BEGIN:VCALENDAR", "export it as .ics");
        }
        if (!upper.endsWith("END:VCALENDAR")) {
            throw invalid("is cut off: it does not end with END:VCALENDAR", "export it again");
        }
        String bounded = CalendarText.bounded(body)
                .orElseThrow(() -> invalid("describes too many changes of clocks", "export it with fewer time zones"));
        ICalendar calendar = Biweekly.parse(bounded).first();
        if (calendar == null) {
            throw invalid("is not an iCalendar", "export it as .ics");
        }
        return calendar;
    }

    private InvalidConfigException invalid(String what, String hint) {
        return new InvalidConfigException(ConfigProblem.ofFile(file, what, hint));
    }

    private static Instant knownUntil(ICalendar calendar) {
        RawProperty until = calendar.getExperimentalProperty(KNOWN_UNTIL);
        return until == null ? Instant.MAX : Instant.parse(until.getValue());
    }

    /** Of events with one UID: one that repeats and its changes, as a rule. */
    private List<CalendarSeries> series(List<VEvent> events) {
        List<VEvent> masters = new ArrayList<>();
        List<VEvent> changes = new ArrayList<>();
        for (VEvent event : CalendarEvents.newest(whole(events))) {
            (event.getRecurrenceId() == null ? masters : changes).add(event);
        }
        List<CalendarSeries> found = new ArrayList<>();
        for (VEvent master : masters) {
            try {
                found.add(repeated(new CalendarSeries(shift(master), rule(master))));
            } catch (UnreadableEventException e) {
                unreadable(master, e);
            }
        }
        for (VEvent change : changes) {
            try {
                Shift shift = shift(change);
                RecurrenceId id = change.getRecurrenceId();
                Instant original = instant(id, id.getValue());
                boolean future = id.getRange() == Range.THIS_AND_FUTURE;
                if (future && shift.distance(original).compareTo(LONGEST) > 0) {
                    throw new UnreadableEventException("it is moved by more than a year");
                }
                if (found.isEmpty()) {
                    found.add(new CalendarSeries(shift, Rule.NONE));
                } else {
                    found.getFirst().change(original, shift, future);
                }
            } catch (UnreadableEventException e) {
                unreadable(change, e);
            }
        }
        return found;
    }

    /** Those of which everything that matters is understood. */
    private List<VEvent> whole(List<VEvent> events) {
        List<VEvent> whole = new ArrayList<>();
        for (VEvent event : events) {
            CalendarEvents.broken(event)
                    .ifPresentOrElse(
                            name -> unreadable(
                                    event, new UnreadableEventException("its " + name + " is not understood")),
                            () -> whole.add(event));
        }
        return whole;
    }

    /** Tries a few years: a rule with odd numbers fails as soon as it is expanded, which must not be while deciding. */
    private static CalendarSeries repeated(CalendarSeries series) throws UnreadableEventException {
        try {
            series.probe();
            return series;
        } catch (RuntimeException e) {
            throw new UnreadableEventException("its repetitions are not understood");
        }
    }

    private Shift shift(VEvent event) throws UnreadableEventException {
        if (event.getDateStart() == null || event.getDateStart().getValue() == null) {
            throw new UnreadableEventException("its start is missing or not a date");
        }
        ICalDate date = event.getDateStart().getValue();
        ZoneId own = zone(event.getDateStart(), date);
        LocalDateTime start = local(date);
        if (start.getYear() < FIRST_YEAR || start.getYear() > LAST_YEAR) {
            throw new UnreadableEventException("it starts in the year " + start.getYear());
        }
        Duration days = Duration.ZERO;
        Duration time = Duration.ZERO;
        if (event.getDateEnd() != null && event.getDateEnd().getValue() != null) {
            Instant end = instant(event.getDateEnd(), event.getDateEnd().getValue());
            days = Duration.between(start, LocalDateTime.ofInstant(end, own));
        } else if (event.getDuration() != null && event.getDuration().getValue() != null) {
            biweekly.util.Duration written = event.getDuration().getValue();
            int sign = written.isPrior() ? -1 : 1;
            days = Duration.ofDays(sign * (7L * number(written.getWeeks()) + number(written.getDays())));
            time = Duration.ofSeconds(sign
                    * (3600 * number(written.getHours())
                            + 60 * number(written.getMinutes())
                            + number(written.getSeconds())));
        } else if (!date.hasTime()) {
            days = Duration.ofDays(1);
        }
        Duration length = days.plus(time);
        if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
            throw new UnreadableEventException(
                    length.isPositive() ? "it is longer than a year" : "it has no end after its start");
        }
        return new Shift(
                start,
                own,
                days,
                time,
                event.getStatus() != null && event.getStatus().isCancelled() ? Set.of() : who(event));
    }

    private static long number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    /** Nobody, with a problem, if the calendar names somebody whom nobody knows. */
    private Set<String> who(VEvent event) {
        List<String> attendees = new ArrayList<>();
        for (Attendee attendee : event.getAttendees()) {
            for (String written : new String[] {attendee.getEmail(), attendee.getUri(), attendee.getCommonName()}) {
                if (written != null) {
                    attendees.add(written);
                }
            }
        }
        String title = CalendarEvents.text(event.getSummary());
        Set<String> found = people.find(attendees, title);
        if (found.isEmpty()) {
            String named = title.isEmpty() ? String.join(", ", attendees) : title;
            problem(
                    event,
                    RosterProblem.Kind.UNKNOWN_HANDLE,
                    named.isEmpty()
                            ? "an event names nobody"
                            : "nobody is known by \"" + CalendarText.shown(named) + "\", so nobody is on duty then",
                    "add the name or e-mail address to roster.members.LOGIN.names");
        }
        return found;
    }

    private Rule rule(VEvent event) throws UnreadableEventException {
        Set<Instant> excluded = new HashSet<>();
        Set<LocalDate> days = new HashSet<>();
        for (ExceptionDates dates : event.getExceptionDates()) {
            for (ICalDate date : dates.getValues()) {
                if (date.hasTime()) {
                    excluded.add(instant(dates, date));
                } else {
                    days.add(local(date).toLocalDate());
                }
            }
        }
        ZoneId own = zone(event.getDateStart(), event.getDateStart().getValue());
        Set<LocalDateTime> added = new TreeSet<>();
        for (RecurrenceDates dates : event.getRecurrenceDates()) {
            if (!dates.getPeriods().isEmpty()) {
                throw new UnreadableEventException("it is repeated by periods (RDATE;VALUE=PERIOD)");
            }
            for (ICalDate date : dates.getDates()) {
                added.add(LocalDateTime.ofInstant(instant(dates, date), own));
            }
        }
        if (event.getRecurrenceRule() == null) {
            return new Rule(null, null, List.copyOf(added), excluded, days);
        }
        Recurrence recurrence = checked(event.getRecurrenceRule().getValue());
        Recurrence endless =
                new Recurrence.Builder(recurrence).until((ICalDate) null).build();
        return new Rule(endless, recurrence.getUntil(), List.copyOf(added), excluded, days);
    }

    private static Recurrence checked(@Nullable Recurrence recurrence) throws UnreadableEventException {
        if (recurrence == null || recurrence.getFrequency() == null || isTooFrequent(recurrence)) {
            throw new UnreadableEventException("it does not repeat by days, weeks, months or years");
        }
        if (number(recurrence.getInterval()) > LONGEST_INTERVAL || number(recurrence.getCount()) > MOST_REPETITIONS) {
            throw new UnreadableEventException("it repeats too seldom or too often");
        }
        if (recurrence.getUntil() != null) {
            local(recurrence.getUntil());
        }
        return recurrence;
    }

    private static boolean isTooFrequent(Recurrence recurrence) {
        return Set.of(Frequency.SECONDLY, Frequency.MINUTELY, Frequency.HOURLY).contains(recurrence.getFrequency())
                || !recurrence.getByHour().isEmpty()
                || !recurrence.getByMinute().isEmpty()
                || !recurrence.getBySecond().isEmpty();
    }

    private ZoneId zone(ICalProperty property, ICalDate date) throws UnreadableEventException {
        return known().zone(property, date)
                .orElseThrow(() -> new UnreadableEventException(
                        "its time zone \"" + property.getParameters().getTimezoneId() + "\" is unknown"));
    }

    private Instant instant(ICalProperty property, ICalDate date) throws UnreadableEventException {
        return CalendarSeries.instant(local(date), zone(property, date));
    }

    private static LocalDateTime local(ICalDate date) throws UnreadableEventException {
        try {
            return CalendarZones.local(date);
        } catch (DateTimeException e) {
            throw new UnreadableEventException("it has a date that does not exist");
        }
    }

    private CalendarZones known() {
        return Optional.ofNullable(zones).orElseThrow();
    }

    private void unreadable(VEvent event, UnreadableEventException cause) {
        reason = reason == null ? cause.getMessage() : reason;
        problem(
                event,
                RosterProblem.Kind.UNREADABLE,
                "the event \"" + CalendarText.shown(CalendarEvents.text(event.getSummary())) + "\" is not followed: "
                        + cause.getMessage(),
                "correct it in the calendar");
    }

    private void problem(VEvent event, RosterProblem.Kind kind, String what, String hint) {
        problems.merge(
                what,
                new Ignored(new RosterProblem(kind, file, what, hint), until(event)),
                (one, other) -> one.until().isAfter(other.until()) ? one : other);
    }

    /** When an event is over, roughly. */
    private Instant until(VEvent event) {
        boolean repeats = event.getRecurrenceRule() != null
                || !event.getRecurrenceDates().isEmpty()
                || event.getExperimentalProperty("RRULE") != null;
        try {
            DateOrDateTimeProperty end = event.getDateEnd() == null ? event.getDateStart() : event.getDateEnd();
            return repeats || end == null || end.getValue() == null
                    ? Instant.MAX
                    : instant(end, end.getValue()).plus(event.getDateEnd() == null ? LONGEST : Duration.ZERO);
        } catch (UnreadableEventException e) {
            return Instant.MAX;
        }
    }
}
