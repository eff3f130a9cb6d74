// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the settings add about one person and the group's document cannot say.
 *
 * @param handle the GitHub login, in any case
 * @param line where it stands in the settings, counted from 1; null where unknown
 * @param zone the real zone, which moves its clocks; null to keep the table's
 * @param hours the hours of work; null for the default
 * @param slackUser the Slack user id ({@code U012AB3CD}); null for none
 * @param daysOff days without work
 * @param pauses times without messages
 */
public record MemberOverride(
        String handle,
        @Nullable Integer line,
        @Nullable MemberZone zone,
        @Nullable WorkingHours hours,
        @Nullable String slackUser,
        List<DaysOff> daysOff,
        List<Pause> pauses) {

    public MemberOverride {
        daysOff = List.copyOf(daysOff);
        pauses = List.copyOf(pauses);
    }

    /** Nothing to add about a person. */
    public static MemberOverride none(String handle) {
        return new MemberOverride(handle, null, null, null, null, List.of(), List.of());
    }
}
