// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.stale.RunStarts;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What can be done within one transaction. */
public final class Transaction {

    private final Handle handle;

    Transaction(Handle handle) {
        this.handle = handle;
    }

    /** Throws unless the tables are those of this version; true, for there is nothing to return. */
    boolean verifySchema() {
        SchemaVersion.verify(handle);
        return true;
    }

    /** Counts one more sign of life, with so many bytes of no meaning. */
    int probe(int bytes) {
        return handle.execute("UPDATE write_probe SET writes = writes + 1, padding = ?", new byte[bytes]);
    }

    /** Who does what only one may do. */
    LeaseTable leases() {
        return new LeaseTable(handle);
    }

    /** The journal of deliveries. */
    public DeliveryTable deliveries() {
        return new DeliveryTable(handle);
    }

    /** The same on their way to the journal, where that is a file of its own. */
    InboxTable inbox() {
        return new InboxTable(handle);
    }

    /** The runs, as seen at an instant. */
    public RunTable runs(Instant now) {
        return new RunTable(handle, now);
    }

    /** What has been seen of starts. */
    public RunStarts runStarts() {
        return new RunStartQuery(handle);
    }

    /** What people asked in comments. */
    public CommandTable commands() {
        return new CommandTable(handle);
    }

    /** How far things had come. */
    public WatermarkTable watermarks() {
        return new WatermarkTable(handle);
    }

    /** The incidents. */
    public IncidentTable incidents() {
        return new IncidentTable(handle);
    }

    /** What the incidents follow from. */
    public EventHistoryTable eventHistory() {
        return new EventHistoryTable(handle);
    }

    /** Who decides. */
    public EngineStateTable engineState() {
        return new EngineStateTable(handle);
    }

    /** The runs that ended, as they were told. */
    public EndedRunQuery endedRuns() {
        return new EndedRunQuery(handle);
    }

    /** What is said, at which places. */
    public MessageTable messages() {
        return new MessageTable(handle);
    }

    /** Who is at which place. */
    public DestinationTable destinations() {
        return new DestinationTable(handle);
    }

    /** What is due at a place. */
    public OutboxTable outbox() {
        return new OutboxTable(handle);
    }

    /** What is said by itself, and what in a digest. */
    public RateLimitTable rateLimits() {
        return new RateLimitTable(handle);
    }

    /** How the outbox is doing. */
    public OutboxQuery outboxQuery() {
        return new OutboxQuery(handle);
    }

    /** What was given up. */
    public DeadLetters deadLetters() {
        return new DeadLetters(handle);
    }

    /** What is wanted of artifacts, and what was seen in them. */
    public EvidenceTable evidence() {
        return new EvidenceTable(handle);
    }

    /** Known issues as they were last read from GitHub. */
    public KnownIssueTable knownIssues() {
        return new KnownIssueTable(handle);
    }

    /** The pull requests of bots. */
    public BumpTable bumps() {
        return new BumpTable(handle);
    }

    /** The digests that were sent. */
    public DigestLog digestLog() {
        return new DigestLog(handle);
    }

    /** What digests tell of people. */
    public DigestQuery digests() {
        return new DigestQuery(handle);
    }

    /** What became of everything. */
    public DeliveryCounts.Query deliveryCounts() {
        return new DeliveryCounts.Query(handle);
    }

    /** Forgets finished runs that were last seen before an instant, a part at a time; how many were forgotten. */
    public int forgetRunsSeenBefore(Instant instant, int limit) {
        return RunTable.forgetSeenBefore(handle, instant, limit);
    }
}
