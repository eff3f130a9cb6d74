// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.TestIssue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Messages and their outbox rows. */
public final class MessageTable {
    /** Rows of a message that people may see. */
    private static final String COUNT_SEEN = "SELECT count(*) FROM outbox WHERE message_id = :id"
            + " AND form IN ('send', 'silent') AND state IN ('sending', 'unknown', 'sent', 'replaced')";

    /** Threads that get no more messages and that no other row refers to. */
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

    /** False, without a change, if the message exists already. */
    public boolean add(OutgoingMessage message, List<Entry> entries, Instant now) {
        if (!insert(message, now)) {
            return false;
        }
        for (Entry destination : entries) {
            handle.createUpdate("INSERT INTO outbox"
                            + " (message_id, thread, kind, channel, destination, form, state, due_at, first_due_at)"
                            + " VALUES (:id, :thread, :kind, :channel, :destination, :form, 'waiting', :due, :due)")
                    .bind("id", message.id())
                    .bind("thread", message.thread())
                    .bind("kind", kind(message))
                    .bind("channel", destination.channel())
                    .bind("destination", destination.destination())
                    .bind("form", destination.form().value())
                    .bind("due", destination.dueAt().toEpochMilli())
                    .execute();
        }
        return true;
    }

    /**
     * Withdraws whatever of a message is not sent.
     *
     * @return true if nothing of it is or will be visible; false if it is unknown or was withdrawn before
     */
    public boolean withdraw(String id, Instant now) {
        // Waiting rows first: this waits for a sender that is claiming one, whose claim is then visible.
        withdrawAll(id, OutboxState.WAITING, now);
        boolean visible = count(COUNT_SEEN, id) > 0
                || count(
                                "SELECT count(*) FROM message WHERE id ="
                                        + " (SELECT batched_into FROM message AS mine WHERE mine.id = :id)",
                                id)
                        > 0;
        if (visible) {
            return false;
        }
        withdrawAll(id, OutboxState.BATCHED, now);
        retract(id, now);
        return handle.createUpdate("UPDATE message SET state = 'withdrawn' WHERE id = :id AND state <> 'withdrawn'")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    private void withdrawAll(String id, OutboxState state, Instant now) {
        handle.createUpdate(OutboxEvent.WITHDRAW.update(
                        "settled_at = :now", "message_id = :id AND form <> 'retract' AND state = :state"))
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .bind("state", state.value())
                .execute();
    }

    /** Adds a reason to an incident message that is shown later. */
    public void addReason(String id, String reason) {
        if (get(id) instanceof OutgoingMessage.IncidentMessage message) {
            handle.createUpdate("UPDATE message SET document = :document WHERE id = :id")
                    .bind("id", id)
                    .bind("document", JsonColumns.write(message.because(reason)))
                    .execute();
        }
    }

    public boolean contains(String id) {
        return count("SELECT count(*) FROM message WHERE id = :id", id) > 0;
    }

    public OutgoingMessage get(String id) {
        return handle.createQuery("SELECT kind, document FROM message WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row.getString("kind"), row.getString("document")))
                .one();
    }

    /** Whom the newest notification of an opened incident names; batched and withdrawn ones notify nobody. */
    public Optional<Recipient> newestOpened(String thread) {
        return handle.createQuery("SELECT kind, document FROM message WHERE thread = :thread AND kind = 'opened'"
                        + " AND state = 'admitted' ORDER BY sequence DESC LIMIT 1")
                .bind("thread", thread)
                .map((row, context) -> read(row.getString("kind"), row.getString("document")))
                .findOne()
                .flatMap(message -> message instanceof OutgoingMessage.IncidentMessage incident
                        ? Optional.ofNullable(incident.notification().to())
                        : Optional.empty());
    }

    /** The newest text of a thread of texts. */
    public Optional<String> newestText(String thread) {
        return handle.createQuery("SELECT kind, document FROM message WHERE thread = :thread AND kind = 'text'"
                        + " ORDER BY sequence DESC LIMIT 1")
                .bind("thread", thread)
                .map((row, context) -> read(row.getString("kind"), row.getString("document")))
                .findOne()
                .flatMap(message -> message instanceof OutgoingMessage.TextMessage text
                        ? Optional.of(text.markdown())
                        : Optional.empty());
    }

    /** The newest text of each issue about a flaky test. */
    public List<OutgoingMessage.TextMessage> testIssues() {
        return handle.createQuery("SELECT document FROM message WHERE sequence IN (SELECT max(sequence) FROM message"
                        + " WHERE kind = 'text' AND id LIKE '" + TestIssue.PREFIX + "%' GROUP BY thread)")
                .map((row, context) -> JsonColumns.read(row.getString("document"), OutgoingMessage.TextMessage.class))
                .list();
    }

    /** The destinations that a message of a thread was or will be sent to. */
    public List<Place> destinations(String thread) {
        return handle.createQuery("SELECT DISTINCT channel, destination FROM outbox WHERE thread = :thread"
                        + " AND kind <> 'text' AND state <> 'withdrawn' ORDER BY channel, destination")
                .bind("thread", thread)
                .map((row, context) -> new Place(row.getString("channel"), row.getString("destination")))
                .list();
    }

    /** A destination of a channel. */
    public record Place(String channel, String destination) {}

    /** Whether a destination knows of no open incident: nothing of the thread is due there, or last its resolution. */
    public boolean isUnaware(String channel, String destination, String thread) {
        return handle.createQuery("SELECT kind FROM outbox WHERE channel = :channel AND destination = :destination"
                        + " AND thread = :thread AND kind <> 'text' AND form IN ('send', 'silent')"
                        + " AND state NOT IN ('withdrawn', 'dead') ORDER BY sequence DESC LIMIT 1")
                .bind("channel", channel)
                .bind("destination", destination)
                .bind("thread", thread)
                .mapTo(String.class)
                .findOne()
                .map(kind -> kind.equals("resolved") || kind.equals("folded"))
                .orElse(true);
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

    private boolean insert(OutgoingMessage message, Instant now) {
        Notification notification =
                message instanceof OutgoingMessage.IncidentMessage incident ? incident.notification() : null;
        Recipient to = notification == null ? null : notification.to();
        return handle.createUpdate("INSERT INTO message"
                                + " (id, thread, kind, state, decided_at, due_at, handle, sig_person, visibility, document) VALUES"
                                + " (:id, :thread, :kind, :state, :now, :due, :handle, :sig,"
                                + " coalesce((SELECT visibility FROM incident WHERE id = :thread), 'unknown'), :document)"
                                + " ON CONFLICT (id) DO NOTHING")
                        .bind("id", message.id())
                        .bind("thread", message.thread())
                        .bind("kind", kind(message))
                        .bind(
                                "state",
                                notification != null && notification.kind().interrupts() ? "pending" : "admitted")
                        .bind("now", now.toEpochMilli())
                        .bind("due", (notification == null ? now : notification.at()).toEpochMilli())
                        .bind("handle", to == null ? null : lower(to.handle()))
                        .bind("sig", to == null ? null : lower(to.sigPerson()))
                        .bind("document", JsonColumns.write(message))
                        .execute()
                == 1;
    }

    /**
     * The threads with messages at a conversation, and those that began it: an issue is created at its repository, and its
     * reference names the issue.
     */
    public List<String> threadsAt(String channel, String conversation, String repository) {
        return handle.createQuery("SELECT thread FROM outbox WHERE channel = :channel AND destination = :conversation"
                        + " AND kind <> 'text' UNION SELECT thread FROM outbox_root WHERE channel = :channel"
                        + " AND destination = :repository AND reference = :conversation ORDER BY thread")
                .bind("channel", channel)
                .bind("conversation", conversation)
                .bind("repository", repository)
                .mapTo(String.class)
                .list();
    }

    /**
     * Deletes up to {@code limit} threads without a decision or due message since an instant. Roots of texts stay, as they
     * may be edited at any time.
     */
    public int forgetUnchangedSince(Instant instant, int limit) {
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

    private static String kind(OutgoingMessage message) {
        return switch (message) {
            case OutgoingMessage.IncidentMessage incident ->
                incident.notification().kind().value();
            case OutgoingMessage.TextMessage text -> MessageThread.Row.TEXT;
        };
    }

    private long count(String sql, String id) {
        return handle.createQuery(sql).bind("id", id).mapTo(Long.class).one();
    }

    private static @Nullable String lower(@Nullable String handleOfPerson) {
        return handleOfPerson == null ? null : handleOfPerson.toLowerCase(Locale.ROOT);
    }

    public record Entry(String channel, String destination, MessageForm form, Instant dueAt) {}
}
