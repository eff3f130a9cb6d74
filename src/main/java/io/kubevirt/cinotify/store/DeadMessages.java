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

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was given up, each message at each of its places; it can be taken up again as long as it is kept. */
public final class DeadMessages {

    /** What was taken back meanwhile stays dead. */
    private static final String WANTED =
            " EXISTS (SELECT 1 FROM content AS c WHERE c.id = saying.content_id AND c.state = 'admitted')";

    private final Handle handle;

    DeadMessages(Handle handle) {
        this.handle = handle;
    }

    /**
     * A message that was given up at a place.
     *
     * @param number by which it is taken up again
     * @param kind of message, or {@value SayingRow#LETTER}
     * @param since when it was first due
     * @param problem what went wrong, a sentence
     */
    public record Dead(
            long number,
            String channel,
            String place,
            String contentId,
            String kind,
            Instant since,
            Instant givenUp,
            @Nullable String problem) {}

    /** All of them, in the order in which they were decided. */
    public List<Dead> all() {
        return handle.createQuery(
                        "SELECT sequence, channel, place, content_id, kind, since, settled_at, problem FROM saying"
                                + " WHERE state = 'dead' AND" + WANTED + " ORDER BY sequence")
                .map((row, context) -> new Dead(
                        row.getLong("sequence"),
                        row.getString("channel"),
                        row.getString("place"),
                        row.getString("content_id"),
                        row.getString("kind"),
                        Instant.ofEpochMilli(row.getLong("since")),
                        Instant.ofEpochMilli(row.getLong("settled_at")),
                        row.getString("problem")))
                .list();
    }

    /**
     * Takes one up again, with as much patience as at first. An attempt may have written it after all: it is looked for
     * before it is written.
     *
     * @return false if there is no dead message of that number
     */
    public boolean revive(long number, Instant now) {
        return handle.createUpdate("UPDATE saying SET state = 'unknown', attempts = 0, since = :now, due_at = :now,"
                                + " settled_at = NULL WHERE sequence = :number AND state = 'dead' AND" + WANTED)
                        .bind("number", number)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }
}
