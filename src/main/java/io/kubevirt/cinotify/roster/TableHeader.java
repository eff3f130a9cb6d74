// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The row with the column titles of the table of members, which may be in any row of any table of the document. */
final class TableHeader {
    private static final Set<String> MEMBER = Set.of("human", "member", "members", "name", "person", "who");
    private static final Set<String> AVAILABILITY = Set.of("availability", "available", "days", "workingdays");
    private static final Set<String> ZONE = Set.of("tz", "timezone", "zone");
    private static final String FORM = "give the table the columns Human, Availability, TZ and one for each area";

    private final String file;
    private final HtmlTable table;
    private final int row;
    private final AreaColumns columns;

    private TableHeader(String file, HtmlTable table, int row, AreaColumns columns) {
        this.file = file;
        this.table = table;
        this.row = row;
        this.columns = columns;
    }

    /** @throws InvalidConfigException if no table has these columns, with the missing columns of the most similar one */
    static TableHeader find(String file, List<HtmlTable> tables, AreaColumns columns) throws InvalidConfigException {
        @Nullable TableHeader closest = null;
        for (HtmlTable table : tables) {
            for (int row = 0; row < table.rows().size(); row++) {
                TableHeader candidate = new TableHeader(file, table, row, columns);
                if (candidate.missingColumns().isEmpty()) {
                    return candidate.lowestHeaderRow();
                }
                if (closest == null
                        || candidate.missingColumns().size()
                                < closest.missingColumns().size()) {
                    closest = candidate;
                }
            }
        }
        if (closest == null || closest.missingColumns().size() > 2) {
            throw new InvalidConfigException(ConfigProblem.ofFile(file, "no table of members found", FORM));
        }
        throw new InvalidConfigException(new ConfigProblem(
                file, closest.line(), "the table has no column for " + TimeText.list(closest.missingColumns()), FORM));
    }

    /** If the titles span two rows, the areas are in the lower one. */
    private TableHeader lowestHeaderRow() {
        TableHeader below = new TableHeader(file, table, row + 1, columns);
        return row + 1 < table.rows().size() && below.missingColumns().isEmpty() ? below.lowestHeaderRow() : this;
    }

    private List<String> missingColumns() {
        List<String> missing = new ArrayList<>();
        if (column(MEMBER).isEmpty()) {
            missing.add("the member");
        }
        if (column(AVAILABILITY).isEmpty()) {
            missing.add("the availability");
        }
        if (column(ZONE).isEmpty()) {
            missing.add("the time zone");
        }
        return missing;
    }

    /** Reports areas with no column or several, and a table that cannot be parsed reliably. */
    void check(Consumer<ConfigProblem> problems) {
        if (table.nested()) {
            problems.accept(new ConfigProblem(
                    file, table.line(), "a cell of the table of members contains a table", "use text only"));
        }
        for (String area : columns.areas()) {
            List<String> titles = titles().stream()
                    .filter(title -> columns.areaOf(title).equals(Optional.of(area)))
                    .toList();
            if (titles.isEmpty()) {
                problems.accept(new ConfigProblem(
                        file, line(), "the area " + area + " has no column", missingColumnHint(area)));
            } else if (titles.size() > 1) {
                problems.accept(new ConfigProblem(
                        file,
                        line(),
                        "the area " + area + " has " + titles.size() + " columns: " + TimeText.list(titles),
                        "keep one of them"));
            }
        }
    }

    private String missingColumnHint(String area) {
        List<String> free = titles().stream()
                .filter(title -> columns.areaOf(title).isEmpty())
                .toList();
        return ClosestMatch.find(area, free)
                .map(title -> "if you mean the column \"" + title + "\", rename it to " + area)
                .orElse("add a column " + area + ", or set areas." + area + ".column");
    }

    private List<String> titles() {
        return cells().stream().map(HtmlTable.Cell::text).toList();
    }

    private List<HtmlTable.Cell> cells() {
        return table.rows().get(row).cells();
    }

    private Optional<Integer> column(Set<String> titles) {
        for (int column = 0; column < cells().size(); column++) {
            if (titles.contains(AreaColumns.normalize(cells().get(column).text()))) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    int line() {
        return table.rows().get(row).line();
    }

    int memberColumn() {
        return column(MEMBER).orElseThrow();
    }

    int availabilityColumn() {
        return column(AVAILABILITY).orElseThrow();
    }

    int zoneColumn() {
        return column(ZONE).orElseThrow();
    }

    /** The index of the column by area, from left to right. */
    Map<String, Integer> areaColumns() {
        Map<String, Integer> areas = new LinkedHashMap<>();
        for (int column = 0; column < cells().size(); column++) {
            int at = column;
            columns.areaOf(cells().get(column).text()).ifPresent(area -> areas.putIfAbsent(area, at));
        }
        return areas;
    }

    /** The rows below the header, without empty ones. */
    List<HtmlTable.Row> rows() {
        return table.rows().subList(row + 1, table.rows().size()).stream()
                .filter(below -> !below.isBlank())
                .toList();
    }
}
