// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.web.api.LaneDayItem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table of the share of failed runs by name and UTC day: a number in each cell, and a shade that repeats it. */
public record Heat(List<LocalDate> days, List<Row> rows) {
    private static final int PERCENT = 100;
    private static final int TEN = 10;

    public Heat {
        days = List.copyOf(days);
        rows = List.copyOf(rows);
    }

    public record Row(String name, List<Cell> cells, long failed) {
        public Row {
            cells = List.copyOf(cells);
        }

        /** The name in a query. */
        public String encoded() {
            return URLEncoder.encode(name, StandardCharsets.UTF_8);
        }
    }

    /**
     * @param text the share in per cent; empty for no runs
     * @param shade none, or h0 to h10
     * @param title in words
     */
    public record Cell(String text, String shade, String title) {}

    /** Rows with failures first. {@code name}: what the runs of a row have in common. */
    static Heat of(List<LaneDayItem> items, Function<LaneDayItem, String> name, LocalDate today, int length) {
        List<LocalDate> days = new ArrayList<>();
        for (int index = length - 1; index >= 0; index--) {
            days.add(today.minusDays(index));
        }
        Map<String, Map<LocalDate, long[]>> counts = new LinkedHashMap<>();
        for (LaneDayItem item : items) {
            long[] sum = counts.computeIfAbsent(name.apply(item), key -> new LinkedHashMap<>())
                    .computeIfAbsent(item.day(), key -> new long[3]);
            sum[0] += item.finished();
            sum[1] += item.failed();
            sum[2] += item.flaky();
        }
        List<Row> rows = new ArrayList<>();
        counts.forEach((key, byDay) -> rows.add(new Row(
                key,
                days.stream().map(day -> cell(day, byDay.get(day))).toList(),
                byDay.values().stream().mapToLong(sum -> sum[1]).sum())));
        rows.sort(Comparator.comparingLong(Row::failed).reversed().thenComparing(Row::name));
        return new Heat(days, rows);
    }

    private static Cell cell(LocalDate day, long @Nullable [] sum) {
        if (sum == null || sum[0] == 0) {
            return new Cell("", "none", day + ": no runs");
        }
        long share = Math.round(sum[1] * (double) PERCENT / sum[0]);
        long shade = sum[1] == 0 ? 0 : Math.max(1, Math.min(TEN, (share + TEN - 1) / TEN));
        String flaky = sum[2] == 0 ? "" : ", " + sum[2] + " of them flaky";
        return new Cell(
                String.valueOf(share), "h" + shade, day + ": " + sum[1] + " of " + sum[0] + " runs failed" + flaky);
    }
}
