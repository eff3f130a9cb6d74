// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * What a store contains and what is wrong with it; the plugin may run.
 *
 * @param rows by table
 * @param lastBackup null if none is known
 * @param problems of the database; empty if it is sound
 */
public record StoreCheck(
        int schema, Map<String, Long> rows, @Nullable Instant lastBackup, List<String> problems) {

    /** @throws StoreUnavailable if there is no store that can be opened */
    public static StoreCheck of(StoreLocation location) {
        try (CopySide side = CopySide.snapshot(location)) {
            return of(side);
        }
    }

    private static StoreCheck of(CopySide side) {
        try {
            Handle handle = side.handle();
            Map<String, Long> rows = new TreeMap<>();
            Map<String, Long> counters = side.dialect().counters(handle);
            List<String> problems = new ArrayList<>();
            if (side.dialect() == SqlDialect.SQLITE) {
                problems.addAll(damage(handle));
            }
            for (CopyTable table : CopyTable.of(handle.getConnection())) {
                rows.put(table.name(), number(handle, "SELECT count(*) FROM " + table.name()));
                Long last = counters.get(table.name());
                if (last != null) {
                    String key = table.key().getFirst().name();
                    long highest = number(handle, "SELECT coalesce(max(" + key + "), 0) FROM " + table.name());
                    if (highest > last) {
                        problems.add("the next row of " + table.name() + " gets number " + (last + 1)
                                + ", but there is a row " + highest);
                    }
                }
            }
            Instant lastBackup = side.transaction()
                    .watermarks()
                    .find(StoreBackup.LAST)
                    .map(Watermark::at)
                    .orElse(null);
            return new StoreCheck(SchemaVersion.CURRENT, rows, lastBackup, problems);
        } catch (SQLException | JdbiException e) {
            throw side.failed(e);
        }
    }

    private static List<String> damage(Handle handle) {
        List<String> found = new ArrayList<>(handle.createQuery("PRAGMA integrity_check(10)")
                .mapTo(String.class)
                .list());
        found.remove("ok");
        handle.createQuery("PRAGMA foreign_key_check")
                .map((row, context) -> "row " + row.getLong(2) + " of " + row.getString(1)
                        + " refers to a missing row of " + row.getString(3))
                .forEach(found::add);
        return found;
    }

    private static long number(Handle handle, String query) {
        return handle.createQuery(query).mapTo(Long.class).one();
    }
}
