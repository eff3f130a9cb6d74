/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
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
public record MemberOverlay(
        String handle,
        @Nullable Integer line,
        @Nullable Zone zone,
        @Nullable WorkingHours hours,
        @Nullable String slackUser,
        List<DaysOff> daysOff,
        List<Pause> pauses) {

    public MemberOverlay {
        daysOff = List.copyOf(daysOff);
        pauses = List.copyOf(pauses);
    }

    /** Nothing to add about a person. */
    public static MemberOverlay nothing(String handle) {
        return new MemberOverlay(handle, null, null, null, null, List.of(), List.of());
    }
}
