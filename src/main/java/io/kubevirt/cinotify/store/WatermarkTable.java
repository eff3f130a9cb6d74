// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Named values that survive a restart. */
public final class WatermarkTable {
    private final Handle handle;

    WatermarkTable(Handle handle) {
        this.handle = handle;
    }

    public Optional<Watermark> find(String name) {
        return handle.createQuery("SELECT value, at FROM watermark WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> new Watermark(row.getString("value"), Instant.ofEpochMilli(row.getLong("at"))))
                .findOne();
    }

    /** By name; the prefix has no wildcards. */
    public Map<String, Watermark> withPrefix(String prefix) {
        return handle
                .createQuery("SELECT name, value, at FROM watermark WHERE name LIKE :prefix || '%' ORDER BY name")
                .bind("prefix", prefix)
                .map((row, context) -> Map.entry(
                        row.getString("name"),
                        new Watermark(row.getString("value"), Instant.ofEpochMilli(row.getLong("at")))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public void set(String name, Watermark watermark) {
        handle.createUpdate("INSERT INTO watermark (name, value, at) VALUES (:name, :value, :at)"
                        + " ON CONFLICT (name) DO UPDATE SET value = :value, at = :at")
                .bind("name", name)
                .bind("value", watermark.value())
                .bind("at", watermark.at().toEpochMilli())
                .execute();
    }

    /** Keeps the watermark, and its time, if it has this value; else sets it. */
    public Watermark getOrSet(String name, String value, Instant now) {
        Optional<Watermark> known =
                find(name).filter(watermark -> watermark.value().equals(value));
        return known.orElseGet(() -> {
            Watermark watermark = new Watermark(value, now);
            set(name, watermark);
            return watermark;
        });
    }

    public void remove(String name) {
        handle.createUpdate("DELETE FROM watermark WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    public record Watermark(String value, Instant at) {}
}
