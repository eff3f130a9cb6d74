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

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;

/**
 * A table as people see it: a cell that spans columns or rows stands in each of them.
 *
 * @param rows from top to bottom
 * @param line where it begins
 * @param nested whether one of its cells holds a table
 */
record HtmlTable(List<Row> rows, int line, boolean nested) {

    /** @param line where it begins */
    record Row(List<Cell> cells, int line) {

        /** The cell in a column; an empty one where the row is shorter. */
        Cell cell(int column) {
            return column < cells.size() ? cells.get(column) : new Cell("", List.of(), line);
        }

        boolean isBlank() {
            return cells.stream().allMatch(cell -> cell.text().isEmpty());
        }
    }

    /**
     * @param text without markup, blanks folded
     * @param links the targets of its links, in order
     * @param line where it begins
     */
    record Cell(String text, List<String> links, int line) {}

    static HtmlTable of(Element table) {
        TableGrid grid = new TableGrid();
        List<Row> rows = new ArrayList<>();
        for (Element child : table.children()) {
            for (Element row : child.nameIs("tr") ? List.of(child) : child.children()) {
                if (row.nameIs("tr")) {
                    rows.add(grid.row(row));
                }
            }
        }
        boolean nested = table.selectFirst("td table, th table") != null;
        return new HtmlTable(rows, MarkdownTables.line(table), nested);
    }
}
