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

import io.kubevirt.cinotify.roster.Level;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of an incident, when and why.
 *
 * @param handle the GitHub handle of the responsible member; null if the area has nobody
 * @param level the member's level for the area; null with the handle
 * @param at when: now, or the member's next working minute
 * @param sigPerson the GitHub handle of the person of the SIG who can mend it; null where none is asked
 * @param channelAtOnce whether the channel hears of it now although the member only later
 * @param reasons why this person and this hour, a sentence each
 */
public record Addressee(
        @Nullable String handle,
        @Nullable Level level,
        Instant at,
        @Nullable String sigPerson,
        boolean channelAtOnce,
        List<String> reasons) {

    /** Copies the reasons. */
    public Addressee {
        reasons = List.copyOf(reasons);
    }

    /** The same, told not before an instant; the channel neither. */
    public Addressee notBefore(Instant instant) {
        return at.isBefore(instant) ? new Addressee(handle, level, instant, sigPerson, false, reasons) : this;
    }

    /** Whether the member hears of it only later than at the given instant. */
    public boolean isDeferredAt(Instant now) {
        return at.isAfter(now);
    }
}
