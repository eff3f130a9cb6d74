// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.roster.DutyPlan.DutyShift;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** An entry of {@code roster.rotations}. */
public record RotationConfig(
        @JsonProperty(required = true) @JsonPropertyDescription("Name of the rotation in reasons and problems; unique.")
        String name,

        @JsonPropertyDescription("The areas for which it decides who is on duty; all areas if absent.")
        List<String> areas,

        @JsonPropertyDescription(
                "The level that it decides, in place of the table; primary if absent. The levels below come from the table or from other"
                        + " rotations.")
        Level level,

        @JsonProperty(required = true)
        @JsonPropertyDescription("IANA time zone of the handovers, such as Europe/Berlin.")
        String zone,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "The first handover, as 2026-01-05T09:00; every handover is on its weekday, at its time of day.")
        LocalDateTime start,

        @JsonPropertyDescription("The length of a turn, in weeks.")
        Integer weeks,

        @JsonProperty(required = true)
        @JsonPropertyDescription("GitHub logins in the order of their turns; none for a turn without anybody.")
        List<String> order,

        @JsonPropertyDescription("Exchanges of two turns.") List<Swap> swaps,

        @JsonPropertyDescription("Times in which somebody else is on duty. They must not overlap.")
        List<Substitution> overrides) {
    private static final int MOST_WEEKS = 52;

    /** Fills in the defaults. */
    public RotationConfig {
        areas = ConfigCollections.orEmpty(areas);
        level = level == null ? Level.PRIMARY : level;
        weeks = weeks == null ? 1 : weeks;
        order = ConfigCollections.orEmpty(order);
        swaps = ConfigCollections.orEmpty(swaps);
        overrides = ConfigCollections.orEmpty(overrides);
    }

    /** Two turns whose people are exchanged. */
    public record Swap(
            @JsonProperty(required = true) @JsonPropertyDescription("The day on which one turn starts.")
            LocalDate first,

            @JsonProperty(required = true) @JsonPropertyDescription("The day on which the other turn starts.")
            LocalDate second) {}

    /** A time in which somebody else is on duty. */
    public record Substitution(
            @JsonProperty(required = true)
            @JsonPropertyDescription("Its start in the zone of the rotation, as 2026-12-24T09:00.")
            LocalDateTime from,

            @JsonProperty(required = true)
            @JsonPropertyDescription("Its end in the zone of the rotation, as 2026-12-28T09:00.")
            LocalDateTime until,

            @JsonProperty(required = true) @JsonPropertyDescription("GitHub login; none for nobody.")
            String person) {
        private DutyShift shift(ZoneId zone) {
            return new DutyShift(person, new TimeRange(instant(from, zone), instant(until, zone)));
        }

        private static Instant instant(LocalDateTime local, ZoneId zone) {
            return local.atZone(zone).toInstant();
        }
    }

    /** Reports what makes the rotation ambiguous or empty. */
    void check(ConfigValidator check) {
        for (int index = 0; index < areas.size(); index++) {
            check.area(areas.get(index), "areas", index);
        }
        check.between(weeks, 1, MOST_WEEKS, "weeks");
        if (order.isEmpty()) {
            check.report("names nobody", "list the GitHub logins in the order of their turns", "order");
        }
        Optional<MemberZone> parsed = MemberZone.parse(zone);
        if (parsed.isEmpty()) {
            check.report("\"" + zone + "\" is not an IANA time zone", "write it as Europe/Berlin", "zone");
        } else if (weeks >= 1 && !order.isEmpty()) {
            checkSwaps(check, new WeeklyPlan(parsed.get().id(), start, weeks, order, List.of()));
            checkOverrides(check, parsed.get().id());
        }
    }

    private void checkSwaps(ConfigValidator check, WeeklyPlan plan) {
        for (int index = 0; index < swaps.size(); index++) {
            turn(check.at("swaps", index), plan, swaps.get(index).first(), "first");
            turn(check.at("swaps", index), plan, swaps.get(index).second(), "second");
        }
    }

    private static void turn(ConfigValidator check, WeeklyPlan plan, LocalDate day, String key) {
        if (plan.turn(day).isEmpty()) {
            check.report(
                    "no turn starts on " + day, "write the day of a handover, such as " + plan.startOfTurn(day), key);
        }
    }

    private void checkOverrides(ConfigValidator check, ZoneId id) {
        List<DutyShift> shifts = overrides.stream().map(each -> each.shift(id)).toList();
        List<Integer> byStart = IntStream.range(0, shifts.size())
                .boxed()
                .sorted(Comparator.comparing(index -> shifts.get(index).range().start()))
                .toList();
        Integer before = null;
        for (Integer index : byStart) {
            TimeRange range = shifts.get(index).range();
            if (range.isEmpty()) {
                check.report("the override ends before it starts", "swap from and until", "overrides", index);
                continue;
            }
            if (before != null
                    && range.start().isBefore(shifts.get(before).range().end())) {
                check.report(
                        "the override overlaps the one of line " + check.line("overrides", before),
                        "end one before the other starts",
                        "overrides",
                        index);
            }
            if (before == null || range.end().isAfter(shifts.get(before).range().end())) {
                before = index;
            }
        }
    }

    /** To be called once {@link #check} has found no problem. */
    Rotation rotation() {
        MemberZone parsed = MemberZone.parse(zone).orElseThrow();
        List<DutyShift> others =
                overrides.stream().map(each -> each.shift(parsed.id())).toList();
        WeeklyPlan plan = new WeeklyPlan(parsed.id(), start, weeks, order, others);
        swaps.forEach(swap -> plan.swap(swap.first(), swap.second()));
        return new Rotation(name, areas, level, parsed, plan);
    }
}
