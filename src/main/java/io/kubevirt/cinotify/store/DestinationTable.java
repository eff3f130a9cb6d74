// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Who is at which place: one at a time, whatever number of threads and replicas there are. A claim is a lease; when it
 * ends before its holder has noted what became of it, that is unknown.
 */
public final class DestinationTable {

    /** What can be said now: admitted, due, and nothing before it in its thread waits for another attempt or look. */
    static final String READY = """
         s.state IN ('waiting', 'unknown', 'sending') AND s.due_at <= :now
         AND (c.state = 'admitted' OR s.form IN ('announce', 'retract'))
         AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.channel = s.channel AND e.destination = s.destination
             AND e.thread = s.thread AND e.sequence < s.sequence
             AND e.due_at > :now AND (e.attempts > 0 OR e.state = 'unknown')
             AND e.state IN ('waiting', 'unknown', 'sending'))
        """;

    private static final String WHOLE_CHANNEL = "";

    private final Handle handle;

    DestinationTable(Handle handle) {
        this.handle = handle;
    }

    /** Places of a channel at which something is to be said, nobody is, and which may be called; longest waiting first. */
    public List<String> ready(String channel, Instant now, int limit) {
        return handle.createQuery("SELECT s.destination FROM outbox AS s JOIN message AS c ON c.id = s.message_id"
                        + " WHERE s.channel = :channel AND " + READY
                        + " AND NOT EXISTS (SELECT 1 FROM destination AS p WHERE p.channel = s.channel"
                        + " AND ((p.destination = s.destination AND (p.claimed_until > <clock> OR p.not_before > :now))"
                        + " OR (p.destination = '' AND p.not_before > :now)))"
                        + " GROUP BY s.destination ORDER BY min(s.sequence) LIMIT :limit")
                .bind("channel", channel)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /**
     * Takes a place; what the one before has left behind there has an unknown outcome.
     *
     * @param claim a name that no other claim has: the process, a stroke, and what is its own
     * @return false if somebody else was faster
     */
    public boolean claim(String channel, String place, String claim, Instant now, Duration lease) {
        boolean taken = handle.createUpdate("INSERT INTO destination (channel, destination, claimed_by, claimed_until)"
            + " VALUES (:channel, :destination, :claim, :lease + <clock>) ON CONFLICT (channel, destination) DO UPDATE"
            + " SET claimed_by = :claim, claimed_until = :lease + <clock> WHERE destination.claimed_until <= <clock>"
            + " AND destination.not_before <= :now")
                        .bind("channel", channel)
                        .bind("destination", place)
                        .bind("claim", claim)
                        .bind("lease", lease.toMillis())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
        if (taken) {
            handle.createUpdate("UPDATE outbox SET state = 'unknown'"
                            + " WHERE channel = :channel AND destination = :destination AND state = 'sending'")
                    .bind("channel", channel)
                    .bind("destination", place)
                    .execute();
        }
        return taken;
    }

    /**
     * Leaves a place.
     *
     * @param free not to be called before this
     * @return false if the lease was over and somebody else is there
     */
    public boolean release(String channel, String place, String claim, Instant free) {
        return handle.createUpdate(
                                "UPDATE destination SET claimed_by = NULL, claimed_until = 0, not_before = :notBefore"
                                        + " WHERE channel = :channel AND destination = :destination AND claimed_by ="
                                        + " :claim")
                        .bind("channel", channel)
                        .bind("destination", place)
                        .bind("claim", claim)
                        .bind("notBefore", free.toEpochMilli())
                        .execute()
                == 1;
    }

    /** A channel is not to be called before an instant, nor before what it asked for earlier. */
    public void pause(String channel, Instant free) {
        pause(channel, WHOLE_CHANNEL, free);
    }

    /** A place is not to be called before an instant, nor before what was asked for earlier. */
    public void pause(String channel, String place, Instant free) {
        handle.createUpdate("INSERT INTO destination (channel, destination, not_before) VALUES (:channel, :destination,"
                        + " :notBefore) ON CONFLICT (channel, destination) DO UPDATE SET not_before = :notBefore"
                        + " WHERE destination.not_before < :notBefore")
                .bind("channel", channel)
                .bind("destination", place)
                .bind("notBefore", free.toEpochMilli())
                .execute();
    }

    /** Ends every lease: whoever had them is dead, as only one process at a time may use the store. */
    void endAllLeases() {
        handle.execute("UPDATE destination SET claimed_by = NULL, claimed_until = 0 WHERE claimed_until > 0");
    }

    /** Ends the leases of a process that is dead. */
    void endLeasesOf(String process) {
        handle.createUpdate("UPDATE destination SET claimed_by = NULL, claimed_until = 0"
                        + " WHERE claimed_by LIKE :process || '/%'")
                .bind("process", process)
                .execute();
    }
}
