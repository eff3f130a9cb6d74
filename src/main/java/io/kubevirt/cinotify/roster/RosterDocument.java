// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.prow.GitHubServer;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table of members in the group's Markdown document (design.md section 7).
 *
 * @param file the name of the document, for problems
 * @param areas the areas, in display order
 */
public record RosterDocument(String file, List<String> areas, List<Row> members) {
    public RosterDocument {
        areas = List.copyOf(areas);
        members = List.copyOf(members);
    }

    /** Parses the table of members, whose names link to their profiles on github.com. */
    public static RosterDocument read(String file, String text, AreaColumns columns) throws InvalidConfigException {
        return read(file, text, columns, GitHubServer.PUBLIC);
    }

    /**
     * Parses the table of members, in Markdown or HTML.
     *
     * @param file the name of the document, for problems
     * @param github where the names link to
     * @throws InvalidConfigException with all problems of the table, or if there is none
     */
    public static RosterDocument read(String file, String text, AreaColumns columns, GitHubServer github)
            throws InvalidConfigException {
        List<ConfigProblem> problems = new ArrayList<>();
        List<HtmlTable> tables = new MarkdownTables(file).read(text);
        TableHeader header = TableHeader.find(file, tables, columns);
        header.check(problems::add);
        List<Row> members = new MemberRows(file, header, github, problems::add).read();
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(
                    problems.stream().sorted(ConfigProblem.BY_FILE_AND_LINE).collect(Collectors.toList()));
        }
        return new RosterDocument(file, columns.areas(), members);
    }

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
    public record Row(
            String name,
            String handle,
            Availability availability,
            MemberZone zone,
            Map<String, Level> levels,
            int line) {
        public Row {
            levels = Map.copyOf(levels);
        }
    }
}
