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

/** The row with the column titles of the members' table, wherever in the document and in the table it stands. */
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

    /** @throws InvalidConfigException if no table has these columns, with what the most similar one lacks */
    static TableHeader find(String file, List<HtmlTable> tables, AreaColumns columns) throws InvalidConfigException {
        @Nullable TableHeader nearest = null;
        for (HtmlTable table : tables) {
            for (int row = 0; row < table.rows().size(); row++) {
                TableHeader candidate = new TableHeader(file, table, row, columns);
                if (candidate.missingColumns().isEmpty()) {
                    return candidate.lowestHeaderRow();
                }
                if (nearest == null
                        || candidate.missingColumns().size()
                                < nearest.missingColumns().size()) {
                    nearest = candidate;
                }
            }
        }
        if (nearest == null || nearest.missingColumns().size() > 2) {
            throw new InvalidConfigException(ConfigProblem.ofFile(file, "no table of members found", FORM));
        }
        throw new InvalidConfigException(new ConfigProblem(
                file, nearest.line(), "the table has no column for " + TimeText.list(nearest.missingColumns()), FORM));
    }

    /** Where titles span two rows, the areas stand in the lower one. */
    private TableHeader lowestHeaderRow() {
        TableHeader below = new TableHeader(file, table, row + 1, columns);
        return row + 1 < table.rows().size() && below.missingColumns().isEmpty() ? below.lowestHeaderRow() : this;
    }

    private List<String> missingColumns() {
        List<String> lacks = new ArrayList<>();
        if (column(MEMBER).isEmpty()) {
            lacks.add("the member");
        }
        if (column(AVAILABILITY).isEmpty()) {
            lacks.add("the availability");
        }
        if (column(ZONE).isEmpty()) {
            lacks.add("the time zone");
        }
        return lacks;
    }

    /** Tells which areas have no column or two, and of a table that cannot be read for sure. */
    void check(Consumer<ConfigProblem> problems) {
        if (table.nested()) {
            problems.accept(new ConfigProblem(
                    file, table.line(), "a cell of the table of members holds a table", "write text into the cells"));
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
                        "leave one of them"));
            }
        }
    }

    private String missingColumnHint(String area) {
        List<String> free = titles().stream()
                .filter(title -> columns.areaOf(title).isEmpty())
                .toList();
        return ClosestMatch.find(area, free)
                .map(title -> "if the column \"" + title + "\" is meant, title it " + area)
                .orElse("add a column titled " + area + ", or name its title in the settings");
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

    /** Column by area, from left to right. */
    Map<String, Integer> areaColumns() {
        Map<String, Integer> areas = new LinkedHashMap<>();
        for (int column = 0; column < cells().size(); column++) {
            int at = column;
            columns.areaOf(cells().get(column).text()).ifPresent(area -> areas.putIfAbsent(area, at));
        }
        return areas;
    }

    /** The rows below, without blank ones. */
    List<HtmlTable.Row> rows() {
        return table.rows().subList(row + 1, table.rows().size()).stream()
                .filter(below -> !below.isBlank())
                .toList();
    }
}
