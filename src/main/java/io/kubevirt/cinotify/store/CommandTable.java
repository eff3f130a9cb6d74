/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.command.Earlier;
import io.kubevirt.cinotify.command.Moved;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** What people asked in comments, and what they reassigned. */
public final class CommandTable {

    private static final int MOST = 500;

    private final Handle handle;

    CommandTable(Handle handle) {
        this.handle = handle;
    }

    /** Remembers a command; one that is known stays as it is. */
    public void add(String id, Earlier command) {
        handle.createUpdate("INSERT INTO command (id, at, place, person, verb, document)"
                        + " VALUES (:id, :at, :place, :person, :verb, :document) ON CONFLICT (id) DO NOTHING")
                .bind("id", id)
                .bind("at", command.at().toEpochMilli())
                .bind("place", command.place())
                .bind("person", command.person().toLowerCase(Locale.ROOT))
                .bind("verb", command.verb())
                .bind("document", Documents.write(command))
                .execute();
    }

    /** The commands since an instant in a conversation or of a person, and all that were refused there, oldest first. */
    public List<Earlier> since(Instant instant, String place, String person) {
        return handle.createQuery(
                        "SELECT document FROM command WHERE (at >= :since AND (place = :place OR person = :person))"
                                + " OR (place = :place AND verb = :refused) ORDER BY at, id LIMIT :limit")
                .bind("since", instant.toEpochMilli())
                .bind("place", place)
                .bind("person", person.toLowerCase(Locale.ROOT))
                .bind("refused", Earlier.REFUSED)
                .bind("limit", MOST)
                .mapTo(String.class)
                .map(document -> Documents.read(document, Earlier.class))
                .list();
    }

    /** Remembers what somebody reassigned; what is known stays as it is. */
    public void add(Moved moved) {
        handle.createUpdate("INSERT INTO reassignment (id, at, document) VALUES (:id, :at, :document)"
                        + " ON CONFLICT (id) DO NOTHING")
                .bind(
                        "id",
                        moved.incident() + " " + moved.job() + " " + moved.at().toEpochMilli())
                .bind("at", moved.at().toEpochMilli())
                .bind("document", Documents.write(moved))
                .execute();
    }

    /** What was reassigned, newest first. */
    public List<Moved> moved() {
        return handle.createQuery("SELECT document FROM reassignment ORDER BY at DESC, id LIMIT :limit")
                .bind("limit", MOST)
                .mapTo(String.class)
                .map(document -> Documents.read(document, Moved.class))
                .list();
    }

    /** Forgets commands from before an instant, a part at a time; how many were forgotten. */
    public int forgetBefore(Instant instant, int limit) {
        return handle.createUpdate(
                        "DELETE FROM command WHERE id IN (SELECT id FROM command WHERE at < :instant LIMIT :limit)")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
