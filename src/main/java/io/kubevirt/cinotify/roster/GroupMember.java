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

/**
 * A row of the group's table.
 *
 * @param name as the table shows it
 * @param handle the GitHub login, as the table's link spells it
 * @param availability the days of work
 * @param zone the zone of the days
 * @param levels level by area; an area in which the member has none is missing
 * @param line where the row stands in the document, counted from 1
 */
public record GroupMember(
        String name, String handle, Availability availability, Zone zone, Map<String, Level> levels, int line) {

    public GroupMember {
        levels = Map.copyOf(levels);
    }
}
