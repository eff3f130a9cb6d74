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

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a message is for. */
public enum MessageKind {
    /** Somebody must look. */
    OPENED,
    /** What was said before is part of an outage: an edit. */
    FOLDED,
    /** Nobody answered: the next level must look. */
    ESCALATED,
    /** Somebody must look again. */
    REMINDED,
    /** The working hours of whoever has it are over: the next person gets to know how it stands. */
    HANDOFF,
    /** It is over: an edit. */
    RESOLVED,
    /** What was said before is known better by now, or is so again: an edit. */
    CHANGED,
    /** A summary before a meeting. */
    DIGEST;

    /** Whether it interrupts a person. */
    public boolean interrupts() {
        return this == OPENED || this == ESCALATED || this == REMINDED || this == HANDOFF;
    }

    /** In lower case, as stored and shown. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
