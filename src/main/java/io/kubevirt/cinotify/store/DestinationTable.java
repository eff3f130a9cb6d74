// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Claims on destinations: one sender at a time, across threads and replicas. A claim is a lease. If it ends before its holder
 * records an outcome, the outcome is unknown.
 */
public final class DestinationTable {
    private static final String UNSETTLED = "state IN ('waiting', 'sending', 'unknown')";

    /**
     * Sendable now: admitted, due, and no earlier row of the thread waits for a retry or lookup. The plus keeps planners from
     * reading all due rows by time, to sort them and take the first.
     */
    static final String READY = """
         s.state IN ('waiting', 'sending', 'unknown') AND +s.due_at <= :now
         AND (c.state = 'admitted' OR s.form IN ('announce', 'retract'))
         AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.channel = s.channel AND e.destination = s.destination
             AND e.thread = s.thread AND e.sequence < s.sequence
             AND e.due_at > :now AND (e.attempts > 0 OR e.state = 'unknown')
             AND e.state IN ('waiting', 'sending', 'unknown'))
        """;

    /** Roots to read back, unless a newer state is about to be written anyway. */
    static final String VERIFIABLE = """
         r.reference IS NOT NULL AND r.verify_at <= :now
         AND NOT EXISTS (SELECT 1 FROM outbox AS n WHERE n.channel = r.channel AND n.destination = r.destination
             AND n.thread = r.thread AND n.sequence > r.shown_sequence
             AND n.state IN ('waiting', 'sending', 'unknown') AND n.form IN ('send', 'silent')
             AND (n.due_at <= :now OR n.attempts > 0))
        """;

    /** Roots of a channel to read back. */
    static final String ROOTS = " FROM outbox_root AS r JOIN outbox AS w ON w.sequence = r.shown_sequence"
            + " WHERE r.channel = :channel AND " + VERIFIABLE;

    private static final Duration HOUR = Duration.ofHours(1);

    private static final String WHOLE_CHANNEL = "";

    private final Handle handle;

    DestinationTable(Handle handle) {
        this.handle = handle;
    }

    /** The first sendable rows of a destination; the index {@code outbox_next} has them in this order. */
    static String firstSendable(String columns, String destination, String limit) {
        return "SELECT " + columns + " FROM outbox AS s JOIN message AS c ON c.id = s.message_id"
                + " WHERE s.channel = :channel AND s.destination = " + destination + " AND " + READY
                + " ORDER BY s.sequence LIMIT " + limit;
    }

    /** Unclaimed destinations of a channel with something to do and no pause, longest waiting first. */
    public List<String> ready(String channel, Instant now, int limit) {
        return handle.createQuery("SELECT destination FROM (SELECT d.destination, ("
                        + firstSendable("s.sequence", "d.destination", "1") + ") AS sequence"
                        + " FROM (SELECT DISTINCT destination FROM outbox WHERE channel = :channel AND " + UNSETTLED
                        + ") AS d UNION ALL SELECT r.destination, r.shown_sequence" + ROOTS + ") AS due"
                        + " WHERE sequence IS NOT NULL AND NOT EXISTS (SELECT 1 FROM destination AS p"
                        + " WHERE p.channel = :channel AND ((p.destination = due.destination"
                        + " AND (p.claimed_until > <clock> OR p.not_before > :now))"
                        + " OR (p.destination = '' AND p.not_before > :now)))"
                        + " GROUP BY destination ORDER BY min(sequence) LIMIT :limit")
                .bind("channel", channel)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /**
     * Claims a destination. What the previous holder left unrecorded gets the state {@code unknown}.
     *
     * @param claim unique, process name and slash first
     * @return false if another one was faster
     */
    public boolean claim(String channel, String destination, String claim, Instant now, Duration lease) {
        boolean taken = handle.createUpdate("INSERT INTO destination (channel, destination, claimed_by, claimed_until)"
                                + " VALUES (:channel, :destination, :claim, :lease + <clock>) ON CONFLICT (channel, destination) DO UPDATE"
                                + " SET claimed_by = :claim, claimed_until = :lease + <clock> WHERE destination.claimed_until <= <clock>"
                                + " AND destination.not_before <= :now")
                        .bind("channel", channel)
                        .bind("destination", destination)
                        .bind("claim", claim)
                        .bind("lease", lease.toMillis())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
        if (taken) {
            handle.createUpdate(OutboxEvent.CLAIM_ENDED.update("", "channel = :channel AND destination = :destination"))
                    .bind("channel", channel)
                    .bind("destination", destination)
                    .execute();
        }
        return taken;
    }

    /** Whether a claim still holds its destination; no other one can take it before this transaction ends. */
    public boolean isHeldBy(String channel, String destination, String claim) {
        return handle.createUpdate("UPDATE destination SET claimed_by = :claim WHERE channel = :channel"
                                + " AND destination = :destination AND claimed_by = :claim")
                        .bind("channel", channel)
                        .bind("destination", destination)
                        .bind("claim", claim)
                        .execute()
                == 1;
    }

    /** Counts a read-back; false if there were {@code limit} in this hour already. Call it while holding the claim. */
    public boolean countReadBack(String channel, String destination, Instant now, int limit) {
        return handle.createUpdate("UPDATE destination SET"
                                + " read_backs = CASE WHEN read_backs_from <= :hourAgo THEN 1 ELSE read_backs + 1 END,"
                                + " read_backs_from = CASE WHEN read_backs_from <= :hourAgo THEN :now ELSE read_backs_from"
                                + " END WHERE channel = :channel AND destination = :destination"
                                + " AND (read_backs_from <= :hourAgo OR read_backs < :limit)")
                        .bind("channel", channel)
                        .bind("destination", destination)
                        .bind("now", now.toEpochMilli())
                        .bind("hourAgo", now.minus(HOUR).toEpochMilli())
                        .bind("limit", limit)
                        .execute()
                == 1;
    }

    /** @return false if the claim has expired and another one holds the destination */
    public boolean release(String channel, String destination, String claim, Instant notBefore) {
        return handle.createUpdate(
                                "UPDATE destination SET claimed_by = NULL, claimed_until = 0, not_before = :notBefore"
                                        + " WHERE channel = :channel AND destination = :destination AND claimed_by ="
                                        + " :claim")
                        .bind("channel", channel)
                        .bind("destination", destination)
                        .bind("claim", claim)
                        .bind("notBefore", notBefore.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Pauses a channel; never shortens a pause. */
    public void pause(String channel, Instant notBefore) {
        pause(channel, WHOLE_CHANNEL, notBefore);
    }

    /** Pauses a destination; never shortens a pause. */
    public void pause(String channel, String destination, Instant notBefore) {
        handle.createUpdate("INSERT INTO destination (channel, destination, not_before) VALUES (:channel, :destination,"
                        + " :notBefore) ON CONFLICT (channel, destination) DO UPDATE SET not_before = :notBefore"
                        + " WHERE destination.not_before < :notBefore")
                .bind("channel", channel)
                .bind("destination", destination)
                .bind("notBefore", notBefore.toEpochMilli())
                .execute();
    }

    /** For a store with one process: all holders are dead. */
    void endAllLeases() {
        handle.execute("UPDATE destination SET claimed_by = NULL, claimed_until = 0 WHERE claimed_until > 0");
    }

    void endLeasesOf(String process) {
        handle.createUpdate("UPDATE destination SET claimed_by = NULL, claimed_until = 0"
                        + " WHERE claimed_by LIKE :process || '/%'")
                .bind("process", process)
                .execute();
    }
}
