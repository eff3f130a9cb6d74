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

    static Member of(GroupMember row, Overlay overlay) {
        MemberOverlay more = overlay.of(row.handle()).orElse(MemberOverlay.nothing(row.handle()));
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
