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

import io.kubevirt.cinotify.incident.Incidents;
import io.kubevirt.cinotify.incident.JobRuns;
import io.kubevirt.cinotify.incident.Outbox;
import io.kubevirt.cinotify.incident.RunsSeen;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What can be done within one transaction. */
public final class Transaction {

    private final Handle handle;

    Transaction(Handle handle) {
        this.handle = handle;
    }

    /** Counts one more sign of life, with so many bytes of no meaning. */
    int heartbeat(int bytes) {
        return handle.execute("UPDATE heartbeat SET beats = beats + 1, ballast = zeroblob(?)", bytes);
    }

    /** The journal of deliveries. */
    public DeliveryTable deliveries() {
        return new DeliveryTable(handle);
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
    public Incidents incidents() {
        return new IncidentTable(handle);
    }

    /** The outbox, for decisions with this trace. */
    public Outbox outbox(List<String> trace) {
        return new NoticeTable(handle).withTrace(trace);
    }

    /** What became of everything. */
    public TallyQuery tally() {
        return new TallyQuery(handle);
    }

    /** The outbox as its sender sees it. */
    public NoticeTable notices() {
        return new NoticeTable(handle);
    }

    /** Forgets finished runs that were last seen before an instant, a part at a time; how many were forgotten. */
    public int forgetRunsSeenBefore(Instant instant, int limit) {
        return RunTable.forgetSeenBefore(handle, instant, limit);
    }
}
