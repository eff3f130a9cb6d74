// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.List;

/**
 * A plan, and what it decides. It takes the place of the table for its level of its areas.
 *
 * @param name unique; for reasons and problems
 * @param areas none for all
 * @param zone of the handovers, and of people who have no other
 */
public record Rotation(String name, List<String> areas, Level level, MemberZone zone, DutyPlan plan) {
    public Rotation {
        areas = List.copyOf(areas);
    }

    boolean decides(String area) {
        return areas.isEmpty() || areas.contains(area);
    }

    boolean names(String handle) {
        return plan.people().contains(handle);
    }

    /** The part of a range in which a person is on duty. */
    List<TimeRange> duty(String handle, TimeRange range) {
        return plan.shifts(range).stream()
                .filter(shift -> shift.isOf(handle))
                .map(DutyPlan.DutyShift::range)
                .toList();
    }

    /** The member, as somebody whose shifts are only those of the plan, with the level of the rotation for an area. */
    Member onDuty(Member member, String area) {
        return member.with(area, level, member.schedule().during(new Turns(this, member.handle())));
    }

    /** The turns of one person. */
    record Turns(Rotation rotation, String person) implements Schedule.Limit {
        @Override
        public List<TimeRange> within(TimeRange range) {
            return rotation.duty(person, range);
        }

        @Override
        public String absence(Instant at) {
            List<String> others = rotation.plan().shifts(new TimeRange(at, at.plusMillis(1))).stream()
                    .map(DutyPlan.DutyShift::person)
                    .toList();
            return "is not on duty: " + (others.isEmpty() ? "nobody" : TimeText.list(others)) + " is, by the rotation "
                    + rotation.name();
        }
    }
}
