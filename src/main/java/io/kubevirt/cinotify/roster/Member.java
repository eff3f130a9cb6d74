// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person of the group, with all that table and settings say.
 *
 * @param handle the GitHub login, as the table spells it
 * @param name how to call the person
 * @param slackUser the Slack user id; null where unknown
 * @param levels level by area; an area in which the member has none is missing
 * @param schedule when the member is at work
 */
public record Member(
        String handle, String name, @Nullable String slackUser, Map<String, Level> levels, Schedule schedule) {

    public Member {
        levels = Map.copyOf(levels);
    }

    static Member of(RosterRow row, MemberOverrides overlay) {
        MemberOverride more = overlay.of(row.handle()).orElse(MemberOverride.none(row.handle()));
        Schedule schedule = new Schedule(
                more.zone() == null ? row.zone() : more.zone(),
                row.availability(),
                more.hours() == null ? overlay.hours() : more.hours(),
                more.daysOff(),
                more.pauses());
        return new Member(row.handle(), row.name(), more.slackUser(), row.levels(), schedule);
    }

    /** The level for an area; empty for none. */
    public Optional<Level> level(String area) {
        return Optional.ofNullable(levels.get(area));
    }

    boolean is(@Nullable String otherHandle) {
        return handle.equalsIgnoreCase(otherHandle);
    }
}
