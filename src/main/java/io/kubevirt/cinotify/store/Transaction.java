// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.stale.RunStarts;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables, within one transaction. */
public final class Transaction {
    private final Handle handle;
    private final DayCounts dayCounts;
    private final EnteredDeliveries entered;
    private final Map<RunTable.Key, Optional<JobRun>> runs = new HashMap<>();
    private final VisibilityTable visibility;

    Transaction(Handle handle) {
        this.entered = new EnteredDeliveries(handle);
        this.dayCounts = new DayCounts(handle);
        this.visibility = new VisibilityTable(handle);
        this.handle = handle;
    }

    /** Writes what was collected until the end. */
    void flush() {
        entered.flush();
        dayCounts.flush();
    }

    /** Throws SchemaVersion.Mismatch unless the schema is that of this version, and StoreUnavailable for half a copy. */
    boolean verifySchema() {
        SchemaVersion.verify(handle);
        StoreCopy.rejectUnfinished(watermarks());
        return true;
    }

    int probe(int bytes) {
        return handle.execute("UPDATE write_probe SET writes = writes + 1, padding = ?", new byte[bytes]);
    }

    LeaseTable leases() {
        return new LeaseTable(handle);
    }

    public DeliveryTable deliveries() {
        return new DeliveryTable(handle, entered, dayCounts);
    }

    public RunTable runs(Instant now) {
        return new RunTable(handle, now, dayCounts, runs);
    }

    public DayCounts dayCounts() {
        return dayCounts;
    }

    public RunStarts runStarts() {
        return new RunStartQuery(handle);
    }

    public FeedbackTable feedback() {
        return new FeedbackTable(handle);
    }

    public CommandTable commands() {
        return new CommandTable(handle);
    }

    public WatermarkTable watermarks() {
        return new WatermarkTable(handle);
    }

    public IncidentTable incidents() {
        return new IncidentTable(handle);
    }

    public VisibilityTable visibility() {
        return visibility;
    }

    public IncidentEventTable incidentEvents() {
        return new IncidentEventTable(handle);
    }

    public RunOutcomeTable runOutcomes(Instant now) {
        return new RunOutcomeTable(handle, now);
    }

    public EventHistoryTable eventHistory() {
        return new EventHistoryTable(handle);
    }

    public EngineStateTable engineState() {
        return new EngineStateTable(handle);
    }

    public EndedRunQuery endedRuns() {
        return new EndedRunQuery(handle);
    }

    public MessageTable messages() {
        return new MessageTable(handle);
    }

    public DestinationTable destinations() {
        return new DestinationTable(handle);
    }

    public OutboxTable outbox() {
        return new OutboxTable(handle);
    }

    public RateLimitTable rateLimits() {
        return new RateLimitTable(handle);
    }

    public OutboxQuery outboxQuery() {
        return new OutboxQuery(handle);
    }

    public OutboxEntries outboxEntries() {
        return new OutboxEntries(handle);
    }

    public EvidenceTable evidence() {
        return new EvidenceTable(handle);
    }

    public TestTable tests() {
        return new TestTable(handle);
    }

    public KnownIssueTable knownIssues() {
        return new KnownIssueTable(handle);
    }

    public BumpTable bumps() {
        return new BumpTable(handle);
    }

    public MergeTable merges() {
        return new MergeTable(handle);
    }

    public LaneDefinitionTable laneDefinitions() {
        return new LaneDefinitionTable(handle);
    }

    public DigestQuery digests() {
        return new DigestQuery(handle);
    }

    public BoardQuery board() {
        return new BoardQuery(handle);
    }

    public DeliveryCounts.Query deliveryCounts() {
        return new DeliveryCounts.Query(handle);
    }

    public int forgetRunsSeenBefore(Instant instant, int limit) {
        return RunTable.forgetSeenBefore(handle, instant, limit);
    }
}
