// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.roster.Schedule.DaysOff;
import io.kubevirt.cinotify.roster.Schedule.Pause;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Details of a person from {@code roster.members}, which the group's document does not contain.
 *
 * @param handle the GitHub login, in any case
 * @param line the line in the configuration file, counted from 1; null if unknown
 * @param zone the IANA zone; null for the zone of the table
 * @param days of work; null for those of the table
 * @param hours null for the default
 * @param quietHours in which only what blocks is notified; null for none
 * @param slackUser the Slack user id ({@code U012AB3CD}); null if unknown
 * @param slackIds the Slack user ids in other workspaces, by the id of the workspace
 */
public record MemberOverride(
        String handle,
        @Nullable Integer line,
        @Nullable MemberZone zone,
        @Nullable Availability days,
        @Nullable WorkingHours hours,
        @Nullable WorkingHours quietHours,
        @Nullable String slackUser,
        List<DaysOff> daysOff,
        List<Pause> pauses,
        Map<String, String> slackIds) {
    public MemberOverride {
        slackIds = Map.copyOf(slackIds);
        daysOff = List.copyOf(daysOff);
        pauses = List.copyOf(pauses);
    }

    /** Of a person with one Slack id at most. */
    public MemberOverride(
            String handle,
            @Nullable Integer line,
            @Nullable MemberZone zone,
            @Nullable WorkingHours hours,
            @Nullable String slackUser,
            List<DaysOff> daysOff,
            List<Pause> pauses) {
        this(handle, line, zone, null, hours, null, slackUser, daysOff, pauses, Map.of());
    }

    /** Whether the person has this Slack id in a workspace: ids are unique only within one. */
    public boolean isSlackUser(String team, String user) {
        return user.equals(slackIds.getOrDefault(team, slackUser == null ? "" : slackUser));
    }

    /** No details. */
    public static MemberOverride none(String handle) {
        return new MemberOverride(handle, null, null, null, null, List.of(), List.of());
    }
}
