// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A member of the operations group: a row of the table joined with the details in the configuration.
 *
 * @param handle the GitHub login, spelled as in the table
 * @param slackUser the Slack user id; null if unknown
 * @param levels the level by area; areas without a level are absent
 */
public record Member(
        String handle, String name, @Nullable String slackUser, Map<String, Level> levels, Schedule schedule) {
    public Member {
        levels = Map.copyOf(levels);
    }

    static Member of(RosterDocument.Row row, MemberOverrides overrides) {
        MemberOverride own = overrides.of(row.handle()).orElse(MemberOverride.none(row.handle()));
        Schedule schedule = new Schedule(
                own.zone() == null ? row.zone() : own.zone(),
                own.days() == null ? row.availability() : own.days(),
                own.hours() == null ? overrides.hours() : own.hours(),
                own.daysOff(),
                own.pauses(),
                null,
                own.quietHours());
        return new Member(row.handle(), row.name(), own.slackUser(), row.levels(), schedule);
    }

    /** The level for an area, if the member has one. */
    public Optional<Level> level(String area) {
        return Optional.ofNullable(levels.get(area));
    }

    /** With another level for one area and another schedule. */
    Member with(String area, Level level, Schedule ofLevel) {
        Map<String, Level> changed = new HashMap<>(levels);
        changed.put(area, level);
        return new Member(handle, name, slackUser, changed, ofLevel);
    }

    /** For incidents that do not block. */
    Member outsideQuietHours() {
        return new Member(handle, name, slackUser, levels, schedule.of(false));
    }

    boolean is(@Nullable String otherHandle) {
        return handle.equalsIgnoreCase(otherHandle);
    }
}
