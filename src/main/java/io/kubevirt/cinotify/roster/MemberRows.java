// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads the rows below the header into members and tells every slip in them. */
final class MemberRows {

    /** More people than any table of a group has; beyond it the document is not what it seems. */
    private static final int MAX_MEMBERS = 500;

    private static final int MAX_SHOWN = 60;
    private static final Set<String> NO_LEVEL = Set.of("", "-", "–", "—");

    private final String file;
    private final TableHeader header;
    private final Consumer<ConfigProblem> problems;
    private final Set<String> handles = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    MemberRows(String file, TableHeader header, Consumer<ConfigProblem> problems) {
        this.file = file;
        this.header = header;
        this.problems = problems;
    }

    List<RosterRow> read() {
        List<HtmlTable.Row> rows = header.rows();
        if (rows.isEmpty()) {
            problem(header.line(), "the table of members has no rows", "add a row for each member");
        }
        if (rows.size() > MAX_MEMBERS) {
            problem(header.line(), "the table of members has " + rows.size() + " rows", "keep it below " + MAX_MEMBERS);
            return List.of();
        }
        List<RosterRow> members = new ArrayList<>();
        for (HtmlTable.Row row : rows) {
            member(row).ifPresent(members::add);
        }
        return members;
    }

    private Optional<RosterRow> member(HtmlTable.Row row) {
        HtmlTable.Cell name = row.cell(header.memberColumn());
        Optional<String> handle = GitHubProfile.handle(name.links());
        String who = handle.orElse(shown(name.text()));
        if (handle.isEmpty()) {
            problem(
                    name.line(),
                    "the member " + who + " has no link to a GitHub profile",
                    "link the name to https://github.com/ and the login");
        } else if (!handles.add(handle.get())) {
            problem(name.line(), "the handle " + handle.get() + " stands in two rows", "leave one of them");
        }
        Optional<Availability> availability = availability(row.cell(header.availabilityColumn()), who);
        Optional<MemberZone> zone = zone(row.cell(header.zoneColumn()), who);
        Map<String, Level> levels = levels(row, who);
        if (handle.isEmpty() || availability.isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new RosterRow(name.text(), handle.get(), availability.get(), zone.get(), levels, row.line()));
    }

    private Optional<Availability> availability(HtmlTable.Cell cell, String who) {
        Optional<Availability> availability = Availability.parse(cell.text());
        if (availability.isEmpty()) {
            problem(
                    cell.line(),
                    "the availability \"" + shown(cell.text()) + "\" of " + who + " is not days of the week",
                    "write it as Mon-Fri, or Mon, Wed-Thu, or none");
        }
        return availability;
    }

    private Optional<MemberZone> zone(HtmlTable.Cell cell, String who) {
        Optional<MemberZone> zone = MemberZone.parse(cell.text());
        if (zone.isEmpty()) {
            problem(
                    cell.line(),
                    "the time zone \"" + shown(cell.text()) + "\" of " + who + " is not known",
                    "write an IANA name such as Europe/Berlin, or an offset such as GMT+1 or UTC+05:30");
        }
        return zone;
    }

    private Map<String, Level> levels(HtmlTable.Row row, String who) {
        Map<String, Level> levels = new HashMap<>();
        header.areaColumns().forEach((area, column) -> {
            HtmlTable.Cell cell = row.cell(column);
            Optional<Level> level = Level.named(cell.text());
            if (level.isPresent()) {
                levels.put(area, level.get());
            } else if (!NO_LEVEL.contains(cell.text())) {
                problem(
                        cell.line(),
                        "\"" + shown(cell.text()) + "\", the level of " + who + " for " + area + ", is no level",
                        levelHint(cell.text()));
            }
        });
        return levels;
    }

    private static String levelHint(String word) {
        return ClosestMatch.find(shown(word), Level.titles())
                .map(known -> "write " + known)
                .orElse("write Primary, Secondary or Backup, or leave the cell empty");
    }

    /** A cell may hold a novel; a message must not. */
    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= MAX_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }

    private void problem(int line, String problem, String mend) {
        problems.accept(new ConfigProblem(file, line, problem, mend));
    }
}
