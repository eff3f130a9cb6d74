// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Admits or batches messages that interrupt people. */
public final class RateLimitTable {
    private final Handle handle;

    RateLimitTable(Handle handle) {
        this.handle = handle;
    }

    /**
     * A message that interrupts people, whose handles are in lower case.
     *
     * @param person member on duty
     * @param sigPerson contact of the SIG
     */
    public record Candidate(
            String id, @Nullable String person, @Nullable String sigPerson) {}

    /** Due and undecided, in order. */
    public List<Candidate> candidates(Instant now, int limit) {
        return handle.createQuery("SELECT c.id, c.handle, c.sig_person FROM message AS c WHERE c.state = 'pending'"
                        + " AND EXISTS (SELECT 1 FROM outbox AS s WHERE s.message_id = c.id"
                        + " AND s.form IN ('send', 'silent') AND s.due_at <= :now) ORDER BY c.sequence LIMIT :limit")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) ->
                        new Candidate(row.getString("id"), row.getString("handle"), row.getString("sig_person")))
                .list();
    }

    public int admittedSince(Instant since) {
        return handle.createQuery("SELECT count(*) FROM message WHERE admitted_at > :since")
                .bind("since", since.toEpochMilli())
                .mapTo(Integer.class)
                .one();
    }

    /** Of these, the messages that mention a person. */
    public int admittedSince(Instant since, String person) {
        return handle.createQuery("SELECT count(*) FROM message WHERE admitted_at > :since"
                        + " AND (handle = :person OR sig_person = :person)")
                .bind("since", since.toEpochMilli())
                .bind("person", person)
                .mapTo(Integer.class)
                .one();
    }

    public void admit(String id, Instant now) {
        handle.createUpdate("UPDATE message SET state = 'admitted', admitted_at = :now"
                        + " WHERE id = :id AND state = 'pending'")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Admits a message that does not count toward the limit. */
    public void admitUncounted(String id) {
        handle.createUpdate("UPDATE message SET state = 'admitted' WHERE id = :id AND state = 'pending'")
                .bind("id", id)
                .execute();
    }

    public boolean isWaitingAt(String id, List<String> channels) {
        return !channels.isEmpty()
                && handle.createQuery("SELECT count(*) FROM outbox WHERE message_id = :id AND state = 'waiting'"
                                        + " AND channel IN (<channels>)")
                                .bind("id", id)
                                .bindList("channels", channels)
                                .mapTo(Integer.class)
                                .one()
                        > 0;
    }

    /** Batches the message for these channels; the others send it. */
    public void batch(String id, List<String> channels, String digest, Instant now) {
        handle.createUpdate(
                        OutboxEvent.BATCH.update("settled_at = :now", "message_id = :id AND channel IN (<channels>)"))
                .bind("id", id)
                .bindList("channels", channels)
                .bind("now", now.toEpochMilli())
                .execute();
        handle.createUpdate("UPDATE message SET batched_into = :digest, state = CASE WHEN EXISTS"
                        + " (SELECT 1 FROM outbox WHERE message_id = :id AND state = 'waiting')"
                        + " THEN 'admitted' ELSE 'batched' END WHERE id = :id AND state = 'pending'")
                .bind("id", id)
                .bind("digest", digest)
                .execute();
    }

    public List<String> batchedIn(String digest) {
        return handle.createQuery(
                        "SELECT id FROM message WHERE batched_into = :digest AND state <> 'withdrawn' ORDER BY"
                                + " sequence")
                .bind("digest", digest)
                .mapTo(String.class)
                .list();
    }

    /** Whether a later message of the thread resolves the incident. */
    public boolean isResolved(String id) {
        return handle.createQuery("SELECT count(*) FROM message AS later JOIN message AS c ON c.thread = later.thread"
                                + " WHERE c.id = :id AND later.sequence > c.sequence"
                                + " AND later.kind IN ('resolved', 'folded') AND later.state <> 'withdrawn'")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }
}
