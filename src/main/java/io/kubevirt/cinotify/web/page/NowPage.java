// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.quarkus.qute.RawString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is broken now.
 *
 * @param title the state in words
 * @param sentence what that means; only numbers and times
 * @param empty what it means that nothing is listed; empty if something is
 * @param next the address of the next page; null on the last one
 */
public record NowPage(
        String title,
        RawString sentence,
        List<Tile> tiles,
        List<Chip> chips,
        String search,
        List<Hidden> kept,
        List<Row> rows,
        String empty,
        String withheld,
        @Nullable String next) {
    public NowPage {
        tiles = List.copyOf(tiles);
        chips = List.copyOf(chips);
        kept = List.copyOf(kept);
        rows = List.copyOf(rows);
    }

    public record Tile(String label, String value, String note) {}

    public record Chip(String label, String href, boolean selected) {}

    /** A parameter that the search keeps. */
    public record Hidden(String name, String value) {}

    /**
     * An incident.
     *
     * @param name what is broken, in short
     * @param where such as its repository
     * @param line what is known of it
     * @param explains the lanes that an outage explains
     * @param version changes when the row does
     */
    public record Row(
            String id,
            String name,
            String where,
            String line,
            boolean blocking,
            RawString spark,
            @Nullable Person assignee,
            Pill pill,
            List<String> explains,
            String version) {
        public Row {
            explains = List.copyOf(explains);
        }
    }
}
