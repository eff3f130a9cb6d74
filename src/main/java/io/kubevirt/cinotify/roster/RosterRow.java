// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
public record RosterRow(
        String name, String handle, Availability availability, MemberZone zone, Map<String, Level> levels, int line) {

    public RosterRow {
        levels = Map.copyOf(levels);
    }
}
