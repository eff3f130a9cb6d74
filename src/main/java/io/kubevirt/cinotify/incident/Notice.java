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
import org.jspecify.annotations.Nullable;

/**
 * One thing said about one incident.
 *
 * @param id unique for incident and kind, so that deciding twice says it once
 * @param kind what is said
 * @param at when it is said, at the earliest
 * @param incident the incident as it was when this was decided
 * @param run the run that gave rise to it; null where the problem is that none runs
 */
public record Notice(
        String id,
        NoticeKind kind,
        Instant at,
        Incident incident,
        @Nullable JobRun run) {

    /** A notice of a kind about an incident. */
    static Notice of(NoticeKind kind, Instant at, Incident incident, @Nullable JobRun run) {
        return new Notice(idOf(incident, kind), kind, at, incident, run);
    }

    /** The identity of what is said of an incident. */
    static String idOf(Incident incident, NoticeKind kind) {
        return incident.id() + "-" + kind.word();
    }
}
