// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was decided to be said, and at which places. */
public final class MessageTable {

    /** What people may have seen of a content. */
    private static final String COUNT_SEEN = "SELECT count(*) FROM outbox WHERE message_id = :id"
            + " AND form IN ('send', 'silent') AND state IN ('sending', 'unknown', 'sent', 'replaced')";

    /** Of what nothing new can come any more, and to which nothing that is kept leads. */
    private static final String FORGETTABLE_THREADS = "SELECT t.thread FROM"
            + " (SELECT thread, max(decided_at) AS decided, max(due_at) AS due FROM message GROUP BY thread) AS t"
            + " WHERE t.decided < :instant AND t.due < :instant"
            + " AND NOT EXISTS (SELECT 1 FROM incident AS i WHERE i.id = t.thread"
            + " AND (i.state = 'open' OR i.response_state IS NOT NULL))"
            + " AND NOT EXISTS (SELECT 1 FROM message AS c JOIN outbox AS s ON s.message_id = c.id"
            + " WHERE c.thread = t.thread AND s.state IN ('waiting', 'sending', 'unknown'))"
            + " AND NOT EXISTS (SELECT 1 FROM message AS c JOIN delivery AS d ON d.message_id = c.id"
            + " WHERE c.thread = t.thread)"
            + " AND NOT EXISTS (SELECT 1 FROM message AS c JOIN message AS g ON g.batched_into = c.id"
            + " WHERE c.thread = t.thread AND g.state = 'batched') LIMIT :limit";

    private final Handle handle;

    MessageTable(Handle handle) {
        this.handle = handle;
    }

    /** Adds a content and where it is to be said; false, and nothing happens, if it is there already. */
    public boolean add(OutgoingMessage content, List<Entry> places, Instant now) {
        if (!insert(content, now)) {
            return false;
        }
        for (Entry place : places) {
            handle.createUpdate("INSERT INTO outbox"
                            + " (message_id, thread, kind, channel, destination, form, state, due_at, first_due_at)"
                            + " VALUES (:id, :thread, :kind, :channel, :destination, :form, 'waiting', :due, :due)")
                    .bind("id", content.id())
                    .bind("thread", content.thread())
                    .bind("kind", kind(content))
                    .bind("channel", place.channel())
                    .bind("destination", place.destination())
                    .bind("form", place.form().value())
                    .bind("due", place.dueAt().toEpochMilli())
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
        boolean seen = count(COUNT_SEEN, id) > 0
                || count(
                                "SELECT count(*) FROM message WHERE id ="
                                        + " (SELECT batched_into FROM message AS mine WHERE mine.id = :id)",
                                id)
                        > 0;
        if (seen) {
            return false;
        }
        withdrawAll(id, "batched", now);
        retract(id, now);
        return handle.createUpdate("UPDATE message SET state = 'withdrawn' WHERE id = :id AND state <> 'withdrawn'")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    private void withdrawAll(String id, String state, Instant now) {
        handle.createUpdate("UPDATE outbox SET state = 'withdrawn', settled_at = :now WHERE message_id = :id"
                        + " AND form <> 'retract' AND state = :state")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .bind("state", state)
                .execute();
    }

    /** Whether it was decided. */
    public boolean contains(String id) {
        return count("SELECT count(*) FROM message WHERE id = :id", id) > 0;
    }

    /** What a content is. */
    public OutgoingMessage get(String id) {
        return handle.createQuery("SELECT kind, document FROM message WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row.getString("kind"), row.getString("document")))
                .one();
    }

    private void retract(String id, Instant now) {
        handle.createUpdate("INSERT INTO outbox (message_id, thread, kind, channel, destination, form, state, due_at,"
                        + " first_due_at) SELECT message_id, thread, kind, channel, destination, 'retract',"
                        + " 'waiting', :now, :now FROM outbox AS announced WHERE message_id = :id AND form ="
                        + " 'announce' AND state IN ('sending', 'unknown', 'sent') ON CONFLICT (message_id,"
                        + " channel, destination, form) DO NOTHING")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private boolean insert(OutgoingMessage content, Instant now) {
        Notification message = content instanceof OutgoingMessage.IncidentMessage news ? news.notification() : null;
        Recipient to = message == null ? null : message.to();
        return handle.createUpdate("INSERT INTO message"
                                + " (id, thread, kind, state, decided_at, due_at, handle, sig_person, document) VALUES"
                                + " (:id, :thread, :kind, :state, :now, :due, :handle, :sig, :document)"
                                + " ON CONFLICT (id) DO NOTHING")
                        .bind("id", content.id())
                        .bind("thread", content.thread())
                        .bind("kind", kind(content))
                        .bind("state", message != null && message.kind().interrupts() ? "pending" : "admitted")
                        .bind("now", now.toEpochMilli())
                        .bind("due", (message == null ? now : message.at()).toEpochMilli())
                        .bind("handle", to == null ? null : lower(to.handle()))
                        .bind("sig", to == null ? null : lower(to.sigPerson()))
                        .bind("document", JsonColumns.write(content))
                        .execute()
                == 1;
    }

    /** The threads of incidents of which something was said at a place. */
    public List<String> threadsAt(String channel, String place) {
        return handle.createQuery(
                        "SELECT DISTINCT thread FROM outbox WHERE channel = :channel AND destination = :destination"
                                + " AND kind <> 'text' ORDER BY thread")
                .bind("channel", channel)
                .bind("destination", place)
                .mapTo(String.class)
                .list();
    }

    /**
     * Forgets threads of which nothing was decided or due since an instant, a part at a time; how many. Where a letter stands
     * is remembered, for it may be changed at any time.
     */
    public int forgetQuietSince(Instant instant, int limit) {
        List<String> threads = handle.createQuery(FORGETTABLE_THREADS)
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
        if (!threads.isEmpty()) {
            forget("outbox WHERE message_id IN (SELECT id FROM message WHERE thread IN (<threads>))", threads);
            forget("message WHERE thread IN (<threads>)", threads);
            forget("outbox_root WHERE thread IN (SELECT id FROM incident WHERE id IN (<threads>))", threads);
        }
        return threads.size();
    }

    /**
     * Deletes up to {@code limit} digests that were decided before an instant and are settled. The instant must be so early
     * that none of their occasions is due again.
     */
    public int forgetDigestsBefore(Instant instant, int limit) {
        List<String> old = handle.createQuery("SELECT id FROM message WHERE kind = 'text' AND id LIKE 'digest-%' AND"
            + " decided_at < :instant AND NOT EXISTS (SELECT 1 FROM outbox WHERE message_id = message.id AND state IN"
            + " ('waiting', 'sending', 'unknown')) ORDER BY sequence LIMIT :limit")
                .bind("instant", instant.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
        for (String id : old) {
            handle.execute("DELETE FROM outbox_root WHERE thread = ?", id);
            handle.execute("DELETE FROM outbox WHERE message_id = ?", id);
            handle.execute("DELETE FROM message WHERE id = ?", id);
        }
        return old.size();
    }

    private void forget(String what, List<String> threads) {
        handle.createUpdate("DELETE FROM " + what).bindList("threads", threads).execute();
    }

    private static OutgoingMessage read(String kind, String document) {
        return kind.equals(MessageThread.Row.TEXT)
                ? JsonColumns.read(document, OutgoingMessage.TextMessage.class)
                : JsonColumns.read(document, OutgoingMessage.IncidentMessage.class);
    }

    private static String kind(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage news ->
                news.notification().kind().value();
            case OutgoingMessage.TextMessage letter -> MessageThread.Row.TEXT;
        };
    }

    private long count(String sql, String id) {
        return handle.createQuery(sql).bind("id", id).mapTo(Long.class).one();
    }

    private static @Nullable String lower(@Nullable String handleOfPerson) {
        return handleOfPerson == null ? null : handleOfPerson.toLowerCase(Locale.ROOT);
    }

    /**
     * Where, as what and when a content is to be said.
     *
     * @param dueAt not before
     */
    public record Entry(String channel, String destination, MessageForm form, Instant dueAt) {}
}
