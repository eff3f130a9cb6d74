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
package io.kubevirt.cinotify.incident.policy;

import java.time.Duration;
import java.time.Instant;

/** What every part of the detection works on. */
record Desk(
        Thresholds thresholds,
        Limits limits,
        Memory memory,
        Windows windows,
        Agenda agenda,
        Ledger ledger,
        Names names) {

    static Desk of(Thresholds thresholds, Memory memory) {
        return new Desk(
                thresholds,
                new Limits(thresholds),
                memory,
                new Windows(thresholds),
                new Agenda(),
                new Ledger(),
                new Names(id -> memory.byId(id).isPresent()));
    }

    /** What has ended is remembered for as long as it may go on. */
    void forgetLater(Case closed, Instant end) {
        Duration kept = closed.kind() == CaseKind.LANE || closed.kind() == CaseKind.BUMP
                ? thresholds.reopening().within()
                : thresholds.outages().goesOnWithin();
        agenda.set(Timer.Kind.FORGET, closed.key(), end.plus(kept).plusMillis(1));
    }
}
