// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the group's own Markdown document says about its members (design.md section 7).
 *
 * @param file the document's name in problems
 * @param areas the areas, in the order in which they are shown
 * @param members the rows of the table, from top to bottom
 */
public record RosterDocument(String file, List<String> areas, List<RosterRow> members) {

    public RosterDocument {
        areas = List.copyOf(areas);
        members = List.copyOf(members);
    }

    /**
     * Reads the table of members, be it written in pipes or in HTML.
     *
     * @param file how to name the text in problems
     * @throws InvalidConfigException with everything that is wrong with the table, or that there is none
     */
    public static RosterDocument read(String file, String text, AreaColumns columns) throws InvalidConfigException {
        List<ConfigProblem> problems = new ArrayList<>();
        List<HtmlTable> tables = new MarkdownTables(file).read(text);
        TableHeader header = TableHeader.find(file, tables, columns);
        header.check(problems::add);
        List<RosterRow> members = new MemberRows(file, header, problems::add).read();
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(
                    problems.stream().sorted(ConfigProblem.BY_FILE_AND_LINE).collect(Collectors.toList()));
        }
        return new RosterDocument(file, columns.areas(), members);
    }
}
