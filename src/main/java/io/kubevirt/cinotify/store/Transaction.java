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

import io.kubevirt.cinotify.incident.JobRuns;
import io.kubevirt.cinotify.incident.timeliness.RunsSeen;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What can be done within one transaction. */
public final class Transaction {

    private final Handle handle;

    Transaction(Handle handle) {
        this.handle = handle;
    }

    /** Counts one more sign of life, with so many bytes of no meaning. */
    int heartbeat(int bytes) {
        return handle.execute("UPDATE heartbeat SET beats = beats + 1, ballast = ?", new byte[bytes]);
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
    public JobRuns runs(Instant now) {
        return new RunTable(handle, now);
    }

    /** What has been seen of starts. */
    public RunsSeen runsSeen() {
        return new StartTable(handle);
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
    public PastTable past() {
        return new PastTable(handle);
    }

    /** Who decides. */
    public MemoryTable memory() {
        return new MemoryTable(handle);
    }

    /** The runs that ended, as they were told. */
    public EndedRuns endedRuns() {
        return new EndedRuns(handle);
    }

    /** What is said, at which places. */
    public ContentTable contents() {
        return new ContentTable(handle);
    }

    /** Who is at which place. */
    public PlaceTable places() {
        return new PlaceTable(handle);
    }

    /** What is due at a place. */
    public StrandTable strands() {
        return new StrandTable(handle);
    }

    /** What is said by itself, and what in a digest. */
    public AdmissionTable admissions() {
        return new AdmissionTable(handle);
    }

    /** How the outbox is doing. */
    public OutboxQuery sayings() {
        return new OutboxQuery(handle);
    }

    /** What was given up. */
    public DeadMessages deadMessages() {
        return new DeadMessages(handle);
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
    public DigestLetters digestLetters() {
        return new DigestLetters(handle);
    }

    /** What digests tell of people. */
    public DigestQuery digests() {
        return new DigestQuery(handle);
    }

    /** What became of everything. */
    public TallyQuery tally() {
        return new TallyQuery(handle);
    }

    /** Forgets finished runs that were last seen before an instant, a part at a time; how many were forgotten. */
    public int forgetRunsSeenBefore(Instant instant, int limit) {
        return RunTable.forgetSeenBefore(handle, instant, limit);
    }
}
