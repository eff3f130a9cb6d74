// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.roster.RosterProblem;
import io.kubevirt.cinotify.web.api.DutyItem;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RosterReader;
import io.kubevirt.cinotify.web.api.RosterWeek;
import io.quarkus.qute.RawString;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who works when in a week.
 *
 * @param days of the week, as "Mon 30 Nov"
 * @param problems what the check of the roster finds
 * @param at the instant that was asked for; null for now
 */
public record RosterPage(
        RosterWeek week,
        List<String> days,
        List<Area> areas,
        List<RosterProblem> problems,
        @Nullable Moment at) {
    private static final int DAYS = 7;
    private static final int WIDTH = 1_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

    public RosterPage {
        days = List.copyOf(days);
        areas = List.copyOf(areas);
        problems = List.copyOf(problems);
    }

    /**
     * @param person who is on duty; null for nobody
     * @param covered such as "47 of 168 hours"
     */
    public record Area(
            String name,
            @Nullable Person person,
            String next,
            @Nullable Moment nextAt,
            String covered,
            List<Row> rows,
            RawString gaps,
            List<Shift> table) {
        public Area {
            rows = List.copyOf(rows);
            table = List.copyOf(table);
        }
    }

    /** @param bars of the shifts and absences of one person */
    public record Row(String person, String level, RawString bars) {}

    /** @param what a level, a gap or an absence */
    public record Shift(
            String person,
            String what,
            @Nullable Moment from,
            @Nullable Moment until) {}

    public static RosterPage of(PageContext context, RequestParameters parameters) {
        RosterReader reader = new RosterReader(context.read().config().roster());
        LocalDate monday = RosterReader.monday(parameters, context.now(), context.zone());
        List<String> wanted = reader.areas(parameters);
        RosterWeek week = reader.week(monday, context.zone(), wanted);
        Instant at = parameters.instant("at");
        List<DutyItem> duty = reader.at(Objects.requireNonNullElse(at, context.now()), wanted);
        List<String> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(DAY.format(monday.plusDays(day)));
        }
        List<Area> areas = new ArrayList<>();
        for (int index = 0; index < duty.size(); index++) {
            areas.add(area(context, week, week.areas().get(index), duty.get(index)));
        }
        return new RosterPage(week, days, areas, problems(context), context.moment(at));
    }

    private static List<RosterProblem> problems(PageContext context) {
        var config = context.read().config();
        String alias = config.file().roster().membersAlias();
        return new RosterCheck(
                        config.roster(),
                        config.memberOverrides(),
                        config.sigs(),
                        config.aliases(),
                        alias == null ? List.of() : List.of(alias))
                .problems(context.now());
    }

    private static Area area(PageContext context, RosterWeek week, RosterWeek.Area area, DutyItem duty) {
        Map<String, StringBuilder> bars = new LinkedHashMap<>();
        Map<String, String> levels = new LinkedHashMap<>();
        List<Shift> table = new ArrayList<>();
        for (RosterWeek.Shift shift : area.shifts()) {
            levels.putIfAbsent(shift.person(), shift.level().value());
            bars.computeIfAbsent(shift.person(), key -> new StringBuilder())
                    .append(bar(week, shift.from(), shift.until(), shift.level().value()));
            table.add(shift(context, shift.person(), shift.level().value(), shift.from(), shift.until()));
        }
        for (RosterWeek.Absence absence : area.absences()) {
            levels.putIfAbsent(absence.person(), absence.level().value());
            bars.computeIfAbsent(absence.person(), key -> new StringBuilder())
                    .append(bar(week, absence.from(), absence.until(), "away"));
            table.add(shift(context, absence.person(), absence.kind(), absence.from(), absence.until()));
        }
        StringBuilder gaps = new StringBuilder();
        for (RosterWeek.Gap gap : area.gaps()) {
            gaps.append(bar(week, gap.from(), gap.until(), "gap"));
            table.add(shift(context, "nobody", "gap", gap.from(), gap.until()));
        }
        DutyItem.Next next = duty.next();
        return new Area(
                area.area(),
                Person.of(duty.responsible(), duty.level(), area.area()),
                next == null ? "nobody" : next.person() + " (" + next.level().value() + ")",
                next == null ? null : context.moment(next.at()),
                area.coveredHours() + " of "
                        + Duration.between(week.from(), week.until()).toHours() + " hours",
                levels.keySet().stream()
                        .map(person -> new Row(
                                person,
                                String.valueOf(levels.get(person)),
                                figure(week, context.now(), String.valueOf(bars.get(person)))))
                        .toList(),
                figure(week, context.now(), gaps.toString()),
                table);
    }

    private static Shift shift(PageContext context, String person, String what, Instant from, Instant until) {
        return new Shift(person, what, context.moment(from), context.moment(until));
    }

    private static String bar(RosterWeek week, Instant from, Instant until, String tone) {
        long left = position(week, from);
        long width = Math.max(2, position(week, until) - left);
        return "<rect class=\"" + tone + "\" x=\"" + left + "\" y=\"4\" width=\"" + width + "\" height=\"16\"/>";
    }

    private static long position(RosterWeek week, Instant at) {
        double share = (double) Duration.between(week.from(), at).toMinutes()
                / Duration.between(week.from(), week.until()).toMinutes();
        return Math.round(Math.clamp(share, 0, 1) * WIDTH);
    }

    private static RawString figure(RosterWeek week, Instant now, String bars) {
        StringBuilder lines = new StringBuilder();
        for (int day = 1; day < DAYS; day++) {
            int left = day * WIDTH / DAYS;
            lines.append("<line class=\"day\" x1=\"")
                    .append(left)
                    .append("\" x2=\"")
                    .append(left)
                    .append("\" y1=\"0\" y2=\"24\"/>");
        }
        boolean current = !now.isBefore(week.from()) && now.isBefore(week.until());
        long at = position(week, now);
        String line = current ? "<line class=\"now\" x1=\"" + at + "\" x2=\"" + at + "\" y1=\"0\" y2=\"24\"/>" : "";
        return new RawString("<svg class=\"week\" aria-hidden=\"true\" viewBox=\"0 0 " + WIDTH
                + " 24\" preserveAspectRatio=\"none\">" + lines + bars + line + "</svg>");
    }
}
