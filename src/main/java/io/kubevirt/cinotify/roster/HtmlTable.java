// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
