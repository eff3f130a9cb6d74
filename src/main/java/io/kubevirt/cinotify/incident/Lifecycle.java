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
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens incidents and closes them: the same for every kind. */
final class Lifecycle {

    private final Addressing addressing;

    Lifecycle(Addressing addressing) {
        this.addressing = addressing;
    }

    /** Finds who is told, and tells. */
    Outcome open(Opening opening, String because, Instant now) {
        return opened(incident(opening, Incident.idOf(opening.key(), now), now), opening.run(), List.of(because));
    }

    /** The incident, with the person to tell. */
    Incident incident(Opening opening, String id, Instant now) {
        return new Incident(
                id,
                opening.key(),
                IncidentState.OPEN,
                opening.diagnosis(),
                opening.blocking(),
                addressing.of(opening.diagnosis(), opening.blocking(), now),
                now,
                null,
                null,
                0,
                List.of());
    }

    /** Tells whom the incident names. */
    static Outcome opened(Incident incident, @Nullable JobRun run, List<String> because) {
        List<String> reasons = new ArrayList<>(incident.diagnosis().trace());
        reasons.addAll(because);
        reasons.addAll(incident.addressee().reasons());
        Notice notice = Notice.of(NoticeKind.OPENED, incident.addressee().at(), incident, run);
        return new Outcome(List.of(incident), List.of(new Decision.Tell(notice, reasons)));
    }

    /** Tells that it is over whoever was told that it began; only the outbox knows who was. */
    static Outcome close(Incident incident, @Nullable JobRun run, String because, Instant now) {
        Incident closed = incident.resolved(now);
        Decision over = new Decision.Over(
                Notice.idOf(incident, NoticeKind.OPENED),
                Notice.of(NoticeKind.RESOLVED, now, closed, run),
                incident.addressee().channelAtOnce(),
                List.of(because));
        return new Outcome(List.of(closed), List.of(over));
    }
}
