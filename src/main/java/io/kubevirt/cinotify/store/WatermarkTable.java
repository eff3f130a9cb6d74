// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What must be remembered over a restart and is no record of its own, by name. */
public final class WatermarkTable {

    private final Handle handle;

    WatermarkTable(Handle handle) {
        this.handle = handle;
    }

    /** The mark of a name, if it has ever been set. */
    public Optional<Watermark> find(String name) {
        return handle.createQuery("SELECT value, at FROM watermark WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> new Watermark(row.getString("value"), Instant.ofEpochMilli(row.getLong("at"))))
                .findOne();
    }

    /** Sets the mark, in place of what it was. */
    public void set(String name, Watermark mark) {
        handle.createUpdate("INSERT INTO watermark (name, value, at) VALUES (:name, :value, :at)"
                        + " ON CONFLICT (name) DO UPDATE SET value = :value, at = :at")
                .bind("name", name)
                .bind("value", mark.value())
                .bind("at", mark.at().toEpochMilli())
                .execute();
    }

    /** The mark as it is if it has this value; else it is set to the value at an instant. */
    public Watermark getOrSet(String name, String value, Instant now) {
        Optional<Watermark> known = find(name).filter(mark -> mark.value().equals(value));
        return known.orElseGet(() -> {
            Watermark mark = new Watermark(value, now);
            set(name, mark);
            return mark;
        });
    }

    /** Forgets the mark of a name. */
    public void remove(String name) {
        handle.createUpdate("DELETE FROM watermark WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    /**
     * How far something had come.
     *
     * @param value what was there
     * @param at when
     */
    public record Watermark(String value, Instant at) {}
}
