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
import io.kubevirt.cinotify.notice.Content;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was decided to be said, and at which places. */
public final class ContentTable {

    /** What people may have seen of a content. */
    private static final String SEEN = "SELECT count(*) FROM saying WHERE content_id = :id"
            + " AND form IN ('say', 'show') AND state IN ('sending', 'unknown', 'written', 'replaced')";

    private final Handle handle;

    ContentTable(Handle handle) {
        this.handle = handle;
    }

    /** Adds a content and where it is to be said; false, and nothing happens, if it is there already. */
    public boolean add(Content content, List<PlacedSaying> places, Instant now) {
        if (!insert(content, now)) {
            return false;
        }
        for (PlacedSaying place : places) {
            handle.createUpdate("INSERT INTO saying"
                            + " (content_id, thread, kind, channel, place, form, state, due_at, since)"
                            + " VALUES (:id, :thread, :kind, :channel, :place, :form, 'waiting', :due, :due)")
                    .bind("id", content.id())
                    .bind("thread", content.thread())
                    .bind("kind", kind(content))
                    .bind("channel", place.channel())
                    .bind("place", place.place())
                    .bind("form", place.form().word())
                    .bind("due", place.due().toEpochMilli())
                    .execute();
        }
        return true;
    }

    /**
     * Takes out whatever of a content has not been written.
     *
     * @return whether nobody has seen any of it, nor will; false too if it is unknown or was taken back before
     */
    public boolean withdraw(String id, Instant now) {
        // First what is certain: whoever is just taking one of them is waited for, and is then seen to have it.
        withdrawAll(id, "waiting", now);
        boolean seen = count(SEEN, id) > 0
                || count(
                                "SELECT count(*) FROM content WHERE id ="
                                        + " (SELECT gathered_into FROM content AS mine WHERE mine.id = :id)",
                                id)
                        > 0;
        if (seen) {
            return false;
        }
        withdrawAll(id, "gathered", now);
        retract(id, now);
        return handle.createUpdate("UPDATE content SET state = 'withdrawn' WHERE id = :id AND state <> 'withdrawn'")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    private void withdrawAll(String id, String state, Instant now) {
        handle.createUpdate("UPDATE saying SET state = 'withdrawn', settled_at = :now WHERE content_id = :id"
                        + " AND form <> 'retract' AND state = :state")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .bind("state", state)
                .execute();
    }

    /** Whether it was decided. */
    public boolean has(String id) {
        return count("SELECT count(*) FROM content WHERE id = :id", id) > 0;
    }

    /** What a content is. */
    public Content get(String id) {
        return handle.createQuery("SELECT kind, document FROM content WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row.getString("kind"), row.getString("document")))
                .one();
    }

    /** When a person, member or of a SIG, was last told of a problem; later than now if that is still to come. */
    public Optional<Instant> lastTold(String person) {
        return handle.createQuery("SELECT max(due_at) FROM content WHERE kind IN"
                        + " ('opened', 'escalated', 'reminded', 'handoff')"
                        + " AND state <> 'withdrawn' AND (handle = :person OR sig_person = :person)")
                .bind("person", person.toLowerCase(Locale.ROOT))
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    private void retract(String id, Instant now) {
        handle.createUpdate("INSERT INTO saying (content_id, thread, kind, channel, place, form, state, due_at, since)"
                        + " SELECT content_id, thread, kind, channel, place, 'retract', 'waiting', :now, :now"
                        + " FROM saying AS announced WHERE content_id = :id AND form = 'announce'"
                        + " AND state IN ('sending', 'unknown', 'written')"
                        + " ON CONFLICT (content_id, channel, place, form) DO NOTHING")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private boolean insert(Content content, Instant now) {
        Message message = content instanceof Content.IncidentNews news ? news.message() : null;
        Addressee to = message == null ? null : message.to();
        return handle.createUpdate("INSERT INTO content"
                                + " (id, thread, kind, state, decided_at, due_at, handle, sig_person, document) VALUES"
                                + " (:id, :thread, :kind, :state, :now, :due, :handle, :sig, :document)"
                                + " ON CONFLICT (id) DO NOTHING")
                        .bind("id", content.id())
                        .bind("thread", content.thread())
                        .bind("kind", kind(content))
                        .bind("state", message != null && message.kind().interrupts() ? "unasked" : "admitted")
                        .bind("now", now.toEpochMilli())
                        .bind("due", (message == null ? now : message.at()).toEpochMilli())
                        .bind("handle", to == null ? null : lower(to.handle()))
                        .bind("sig", to == null ? null : lower(to.sigPerson()))
                        .bind("document", Documents.write(content))
                        .execute()
                == 1;
    }

    /** The threads of incidents of which something was said at a place. */
    public List<String> threadsAt(String channel, String place) {
        return handle.createQuery("SELECT DISTINCT thread FROM saying WHERE channel = :channel AND place = :place"
                        + " AND kind <> 'letter' ORDER BY thread")
                .bind("channel", channel)
                .bind("place", place)
                .mapTo(String.class)
                .list();
    }

    private static Content read(String kind, String document) {
        return kind.equals(SayingRow.LETTER)
                ? Documents.read(document, Content.Letter.class)
                : Documents.read(document, Content.IncidentNews.class);
    }

    private static String kind(Content content) {
        return switch (content) {
            case Content.IncidentNews news -> news.message().kind().word();
            case Content.Letter letter -> SayingRow.LETTER;
        };
    }

    private long count(String sql, String id) {
        return handle.createQuery(sql).bind("id", id).mapTo(Long.class).one();
    }

    private static @Nullable String lower(@Nullable String handleOfPerson) {
        return handleOfPerson == null ? null : handleOfPerson.toLowerCase(Locale.ROOT);
    }
}
