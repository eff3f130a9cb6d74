// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.command.CommandLogEntry;
import io.kubevirt.cinotify.command.Reassignment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Commands from comments, and reassignments. */
public final class CommandTable {
    private static final int MAX_ROWS = 500;

    private final Handle handle;

    CommandTable(Handle handle) {
        this.handle = handle;
    }

    /** A known command is not changed. */
    public void add(String id, CommandLogEntry command) {
        handle.createUpdate("INSERT INTO command (id, at, conversation, person, verb, document)"
                        + " VALUES (:id, :at, :conversation, :person, :verb, :document) ON CONFLICT (id) DO NOTHING")
                .bind("id", id)
                .bind("at", command.at().toEpochMilli())
                .bind("conversation", command.conversation())
                .bind("person", command.person().toLowerCase(Locale.ROOT))
                .bind("verb", command.verb())
                .bind("document", JsonColumns.write(command))
                .execute();
    }

    /** Whether a command with this id was answered. */
    public boolean isKnown(String id) {
        return handle.createQuery("SELECT count(*) FROM command WHERE id = :id")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** The newest commands since an instant of a conversation or a person, and refused ones of the conversation, oldest first. */
    public List<CommandLogEntry> since(Instant instant, String conversation, String person) {
        List<CommandLogEntry> newestFirst = handle.createQuery(
                        "SELECT document FROM command WHERE (at >= :since AND (conversation = :conversation OR person"
                                + " = :person)) OR (conversation = :conversation AND verb = :refused) ORDER BY at DESC,"
                                + " id DESC LIMIT :limit")
                .bind("since", instant.toEpochMilli())
                .bind("conversation", conversation)
                .bind("person", person.toLowerCase(Locale.ROOT))
                .bind("refused", CommandLogEntry.REFUSED)
                .bind("limit", MAX_ROWS)
                .mapTo(String.class)
                .map(document -> JsonColumns.read(document, CommandLogEntry.class))
                .list();
        return newestFirst.reversed();
    }

    /** How many commands somebody wrote since an instant, refused ones included; with {@code verb}, only those stored as it. */
    public int count(Instant since, String person, @Nullable String verb) {
        return handle.createQuery("SELECT count(*) FROM command WHERE at > :since AND person = :person"
                        + (verb == null ? "" : " AND verb = :verb"))
                .bind("since", since.toEpochMilli())
                .bind("person", person.toLowerCase(Locale.ROOT))
                .bindMap(verb == null ? Map.of() : Map.of("verb", verb))
                .mapTo(Integer.class)
                .one();
    }

    /** A known reassignment is not changed. */
    public void add(Reassignment reassignment) {
        handle.createUpdate("INSERT INTO reassignment (id, at, document) VALUES (:id, :at, :document)"
                        + " ON CONFLICT (id) DO NOTHING")
                .bind(
                        "id",
                        reassignment.incident() + " " + reassignment.job() + " "
                                + reassignment.at().toEpochMilli())
                .bind("at", reassignment.at().toEpochMilli())
                .bind("document", JsonColumns.write(reassignment))
                .execute();
    }

    /** Newest first. */
    public List<Reassignment> reassignments() {
        return handle.createQuery("SELECT document FROM reassignment ORDER BY at DESC, id LIMIT :limit")
                .bind("limit", MAX_ROWS)
                .mapTo(String.class)
                .map(document -> JsonColumns.read(document, Reassignment.class))
                .list();
    }

    /** Deletes up to {@code limit} commands from before an instant. */
    public int forgetBefore(Instant instant, int limit) {
        return handle.createUpdate(
                        "DELETE FROM command WHERE id IN (SELECT id FROM command WHERE at < :instant LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
