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
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The outbox, as the one who sends sees it. */
public final class NoticeTable implements Outbox {

    private static final String WAITING = "SELECT id FROM notice WHERE state = 'waiting' AND ";

    /** What is said of an incident is said in the order in which it was decided, however long the first of it takes. */
    private static final String FIRST_OF_ITS_INCIDENT =
            " AND NOT EXISTS (SELECT 1 FROM notice AS earlier WHERE earlier.incident_id = notice.incident_id"
                    + " AND earlier.sequence < notice.sequence AND earlier.state = 'waiting')";

    private final Handle handle;

    NoticeTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public void add(Message message, List<String> trace) {
        insert(message, trace);
    }

    @Override
    public void withdraw(String messageId) {
        move(messageId, "withdrawn", null);
    }

    @Override
    public boolean wasSaid(String messageId) {
        return handle.createQuery("SELECT count(*) FROM notice WHERE id = :id AND state = 'sent'")
                        .bind("id", messageId)
                        .mapTo(Integer.class)
                        .one()
                > 0;
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
                        Documents.read(row.getString("document"), Message.class),
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

    private void insert(Message notice, List<String> trace) {
        Addressee addressee = notice.to();
        handle.createUpdate("INSERT INTO notice (id, incident_id, kind, due_at, handle, sig_person, document, trace)"
                        + " VALUES (:id, :incident, :kind, :due, :handle, :sig, :document, :trace)"
                        + " ON CONFLICT (id) DO NOTHING")
                .bind("id", notice.id())
                .bind("incident", notice.incident().id())
                .bind("kind", notice.kind().word())
                .bind("due", notice.at().toEpochMilli())
                .bind("handle", lower(addressee == null ? null : addressee.handle()))
                .bind("sig", lower(addressee == null ? null : addressee.sigPerson()))
                .bind("document", Documents.write(notice))
                .bind("trace", Documents.write(trace))
                .execute();
    }

    private void move(String id, String state, @Nullable String problem) {
        handle.createUpdate("UPDATE notice SET state = :state, problem = :problem WHERE id = :id AND state = 'waiting'")
                .bind("id", id)
                .bind("state", state)
                .bind("problem", problem)
                .execute();
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
