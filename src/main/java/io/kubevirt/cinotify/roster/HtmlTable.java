// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/**
 * A table as it is displayed: a cell that spans columns or rows is repeated in each of them.
 *
 * @param line the first line in the source
 * @param nested whether a cell contains a table
 */
record HtmlTable(List<Row> rows, int line, boolean nested) {
    record Row(List<Cell> cells, int line) {
        /** The cell in a column; empty if the row is shorter. */
        Cell cell(int column) {
            return column < cells.size() ? cells.get(column) : new Cell("", List.of(), line);
        }

        boolean isBlank() {
            return cells.stream().allMatch(cell -> cell.text().isEmpty());
        }
    }

    /**
     * @param text without markup, whitespace collapsed
     * @param links the targets of the links, in order
     */
    record Cell(String text, List<String> links, int line) {}

    static HtmlTable of(Element table) {
        Grid grid = new Grid();
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

    /** Lays out the rows of a table in order, and keeps the cells that span into the next row. */
    static final class Grid {
        /** Limits memory for hostile documents. */
        private static final int MAX_SPAN = 100;

        private record RowSpan(HtmlTable.Cell cell, int rows) {}

        private Map<Integer, RowSpan> fromAbove = new HashMap<>();
        private Map<Integer, RowSpan> below = new HashMap<>();

        HtmlTable.Row row(Element row) {
            List<HtmlTable.Cell> cells = new ArrayList<>();
            for (Element element : row.children()) {
                fillFromAbove(cells);
                HtmlTable.Cell cell = cell(element);
                int rows = span(element, "rowspan") - 1;
                for (int left = span(element, "colspan"); left > 0 && cells.size() < MAX_SPAN; left--) {
                    place(cells, new RowSpan(cell, rows));
                }
            }
            fillFromAbove(cells);
            fromAbove = below;
            below = new HashMap<>();
            return new HtmlTable.Row(List.copyOf(cells), MarkdownTables.line(row));
        }

        private void fillFromAbove(List<HtmlTable.Cell> cells) {
            for (RowSpan next = fromAbove.get(cells.size()); next != null; next = fromAbove.get(cells.size())) {
                place(cells, new RowSpan(next.cell(), next.rows() - 1));
            }
        }

        private void place(List<HtmlTable.Cell> cells, RowSpan reaching) {
            if (reaching.rows() > 0) {
                below.put(cells.size(), reaching);
            }
            cells.add(reaching.cell());
        }

        private static HtmlTable.Cell cell(Element element) {
            String text = element.text().replace('\u00a0', ' ').strip();
            return new HtmlTable.Cell(text, element.select("a[href]").eachAttr("href"), MarkdownTables.line(element));
        }

        private static int span(Element element, String attribute) {
            try {
                return Math.clamp(Long.parseLong(element.attr(attribute).strip()), 1, MAX_SPAN);
            } catch (NumberFormatException e) {
                return 1;
            }
        }
    }
}
