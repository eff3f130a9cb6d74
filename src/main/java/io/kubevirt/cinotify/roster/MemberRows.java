// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.prow.GitHubServer;
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

/** Parses the rows below the header, and reports every problem in them. */
final class MemberRows {
    /** A larger table is not one of members. */
    private static final int MAX_MEMBERS = 500;

    private static final int MAX_SHOWN = 60;
    private static final Set<String> NO_LEVEL = Set.of("", "-", "–", "—");

    private final String file;
    private final TableHeader header;
    private final GitHubServer github;
    private final Consumer<ConfigProblem> problems;
    private final Set<String> handles = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    MemberRows(String file, TableHeader header, GitHubServer github, Consumer<ConfigProblem> problems) {
        this.file = file;
        this.header = header;
        this.github = github;
        this.problems = problems;
    }

    List<RosterDocument.Row> read() {
        List<HtmlTable.Row> rows = header.rows();
        if (rows.isEmpty()) {
            problem(header.line(), "the table of members has no rows", "add a row for each member");
        }
        if (rows.size() > MAX_MEMBERS) {
            problem(header.line(), "the table of members has " + rows.size() + " rows", "keep it below " + MAX_MEMBERS);
            return List.of();
        }
        List<RosterDocument.Row> members = new ArrayList<>();
        for (HtmlTable.Row row : rows) {
            member(row).ifPresent(members::add);
        }
        return members;
    }

    private Optional<RosterDocument.Row> member(HtmlTable.Row row) {
        HtmlTable.Cell name = row.cell(header.memberColumn());
        Optional<String> handle = github.login(name.links());
        String who = handle.orElse(shown(name.text()));
        if (handle.isEmpty()) {
            problem(
                    name.line(),
                    "the member " + who + " has no link to a GitHub profile",
                    "link the name to " + github.url() + "/LOGIN" + otherServer(name));
        } else if (!handles.add(handle.get())) {
            problem(name.line(), "the handle " + handle.get() + " has two rows", "remove one of them");
        }
        Optional<Availability> availability = availability(row.cell(header.availabilityColumn()), who);
        Optional<MemberZone> zone = zone(row.cell(header.zoneColumn()), who);
        Map<String, Level> levels = levels(row, who);
        if (handle.isEmpty() || availability.isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new RosterDocument.Row(name.text(), handle.get(), availability.get(), zone.get(), levels, row.line()));
    }

    /** A link to a profile on another server is more likely a missing setting than a wrong link. */
    private String otherServer(HtmlTable.Cell name) {
        return name.links().isEmpty() || !github.equals(GitHubServer.PUBLIC)
                ? ""
                : ", or write the URL of your GitHub Enterprise server at prow.github";
    }

    private Optional<Availability> availability(HtmlTable.Cell cell, String who) {
        Optional<Availability> availability = Availability.parse(cell.text());
        if (availability.isEmpty()) {
            problem(
                    cell.line(),
                    "the availability \"" + shown(cell.text()) + "\" of " + who + " is not a list of weekdays",
                    "write it as Mon-Fri, or Mon, Wed-Thu, or none");
        }
        return availability;
    }

    private Optional<MemberZone> zone(HtmlTable.Cell cell, String who) {
        Optional<MemberZone> zone = MemberZone.parse(cell.text());
        if (zone.isEmpty()) {
            problem(
                    cell.line(),
                    "the time zone \"" + shown(cell.text()) + "\" of " + who + " is unknown",
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
                        "\"" + shown(cell.text()) + "\", the level of " + who + " for " + area + ", is unknown",
                        levelHint(cell.text()));
            }
        });
        return levels;
    }

    private static String levelHint(String text) {
        return ClosestMatch.find(shown(text), Level.titles())
                .map(known -> "write " + known)
                .orElse("write Primary, Secondary or Backup, or leave the cell empty");
    }

    /** Shortened for a message. */
    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= MAX_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }

    private void problem(int line, String problem, String hint) {
        problems.accept(new ConfigProblem(file, line, problem, hint));
    }
}
