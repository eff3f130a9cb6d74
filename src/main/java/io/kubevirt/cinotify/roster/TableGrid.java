// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/** Lays the rows of a table out, one after the other, and remembers which cells reach down into the next row. */
final class TableGrid {

    /** No table for people is wider or spans more; a larger number in the document would only fill the memory. */
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
