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

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a person wants of an incident. */
public sealed interface Command {

    /** The identity of the incident. */
    String incident();

    /** The handle of the person. */
    String by();

    /** I see to it: nobody else is told. */
    record Acknowledge(String incident, String by) implements Command {}

    /** Be quiet until then; if it is still open, say so again. */
    record Snooze(String incident, String by, Instant until) implements Command {}

    /**
     * It is somebody else's.
     *
     * @param member the handle of a member; or null
     * @param area the area whose people are to be asked; or null
     * @param sig the SIG that can mend it, {@link io.kubevirt.cinotify.diagnosis.Diagnosis#NO_SIG} for none; null for the
     *     same as before; only with an area
     */
    record Reassign(
            String incident,
            String by,
            @Nullable String member,
            @Nullable String area,
            @Nullable String sig) implements Command {

        /** To a member or an area. */
        public Reassign(String incident, String by, @Nullable String member, @Nullable String area) {
            this(incident, by, member, area, null);
        }
    }

    /** It is over, whatever the lanes say. */
    record Resolve(String incident, String by) implements Command {}
}
