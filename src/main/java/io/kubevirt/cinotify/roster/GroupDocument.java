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

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
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
public record GroupDocument(String file, List<String> areas, List<GroupMember> members) {

    public GroupDocument {
        areas = List.copyOf(areas);
        members = List.copyOf(members);
    }

    /**
     * Reads the table of members, be it written in pipes or in HTML.
     *
     * @param file how to name the text in problems
     * @throws InvalidDocument with everything that is wrong with the table, or that there is none
     */
    public static GroupDocument read(String file, String text, AreaColumns columns) throws InvalidDocument {
        List<Problem> problems = new ArrayList<>();
        List<HtmlTable> tables = new MarkdownTables(file).read(text);
        TableHeader header = TableHeader.find(file, tables, columns);
        header.check(problems::add);
        List<GroupMember> members = new MemberRows(file, header, problems::add).read();
        if (!problems.isEmpty()) {
            throw new InvalidDocument(
                    problems.stream().sorted(Problem.IN_READING_ORDER).collect(Collectors.toList()));
        }
        return new GroupDocument(file, columns.areas(), members);
    }
}
