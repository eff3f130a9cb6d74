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

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.Notice;
import io.kubevirt.cinotify.incident.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The outbox, as the one who sends sees it. */
public final class NoticeTable {

    private static final String WAITING = "SELECT id FROM notice WHERE state = 'waiting' AND ";

    /** What is said of an incident is said in the order in which it was decided, however long the first of it takes. */
    private static final String FIRST_OF_ITS_INCIDENT =
            " AND NOT EXISTS (SELECT 1 FROM notice AS earlier WHERE earlier.incident_id = notice.incident_id"
                    + " AND earlier.sequence < notice.sequence AND earlier.state = 'waiting')";

    private final Handle handle;

    NoticeTable(Handle handle) {
        this.handle = handle;
    }

    /** The outbox as the core sees it. */
    Outbox withTrace(List<String> trace) {
        return new Outbox() {
            @Override
            public void add(Notice notice) {
                insert(notice, trace);
            }

            @Override
            public boolean withdraw(String noticeId) {
                return move(noticeId, "withdrawn", null);
            }
        };
    }

    /** What is to be said now, oldest decision first, and only the first of each incident. */
    public List<String> due(Instant now, int limit) {
        return identities("due_at <= :now" + FIRST_OF_ITS_INCIDENT, now, limit);
    }

    /** What will be said later and has not been announced. */
    public List<String> unannounced(Instant now, int limit) {
        return identities("due_at > :now AND announced = 0 AND attempts = 0", now, limit);
    }

    /** A notice that is there; read one by one, so that one that cannot be read is in nobody's way. */
    public WaitingNotice get(String id) {
        return handle.createQuery("SELECT document, trace, attempts FROM notice WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new WaitingNotice(
                        Documents.read(row.getString("document"), Notice.class),
                        Documents.readLines(row.getString("trace")),
                        row.getInt("attempts")))
                .one();
    }

    /** People have been shown that it will be said later. */
    public void announced(String id) {
        handle.createUpdate("UPDATE notice SET announced = 1 WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** It has been said. */
    public void sent(String id, Instant now) {
        handle.createUpdate("UPDATE notice SET state = 'sent', sent_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** It will never be said. */
    public void failed(String id, String problem) {
        move(id, "failed", problem);
    }

    /** It is tried again later. */
    public void retry(String id, String problem, Instant due) {
        handle.createUpdate(
                        "UPDATE notice SET attempts = attempts + 1, problem = :problem, due_at = :due WHERE id = :id")
                .bind("id", id)
                .bind("problem", problem)
                .bind("due", due.toEpochMilli())
                .execute();
    }

    /** When a person, member or of a SIG, was last told of a problem; later than now if that is still to come. */
    public Optional<Instant> lastTold(String handleOfPerson) {
        return handle.createQuery("SELECT max(coalesce(sent_at, due_at)) FROM notice WHERE kind = 'opened'"
                        + " AND state IN ('waiting', 'sent') AND (handle = :person OR sig_person = :person)")
                .bind("person", lower(handleOfPerson))
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    private void insert(Notice notice, List<String> trace) {
        Addressee addressee = notice.incident().addressee();
        handle.createUpdate("INSERT INTO notice (id, incident_id, kind, due_at, handle, sig_person, document, trace)"
                        + " VALUES (:id, :incident, :kind, :due, :handle, :sig, :document, :trace)"
                        + " ON CONFLICT (id) DO NOTHING")
                .bind("id", notice.id())
                .bind("incident", notice.incident().id())
                .bind("kind", notice.kind().word())
                .bind("due", notice.at().toEpochMilli())
                .bind("handle", lower(addressee.handle()))
                .bind("sig", lower(addressee.sigPerson()))
                .bind("document", Documents.write(notice))
                .bind("trace", Documents.write(trace))
                .execute();
    }

    private boolean move(String id, String state, @Nullable String problem) {
        return handle.createUpdate(
                                "UPDATE notice SET state = :state, problem = :problem WHERE id = :id AND state = 'waiting'")
                        .bind("id", id)
                        .bind("state", state)
                        .bind("problem", problem)
                        .execute()
                > 0;
    }

    private List<String> identities(String condition, Instant now, int limit) {
        return handle.createQuery(WAITING + condition + " ORDER BY sequence LIMIT :limit")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    private static @Nullable String lower(@Nullable String handleOfPerson) {
        return handleOfPerson == null ? null : handleOfPerson.toLowerCase(Locale.ROOT);
    }
}
