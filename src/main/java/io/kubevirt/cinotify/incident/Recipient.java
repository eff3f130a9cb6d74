// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
public record Recipient(
        @Nullable String handle,
        @Nullable Level level,
        Instant at,
        @Nullable String sigPerson,
        boolean channelAtOnce,
        List<String> reasons) {

    /** Copies the reasons. */
    public Recipient {
        reasons = List.copyOf(reasons);
    }

    /** The same, told not before an instant; the channel neither. */
    public Recipient notBefore(Instant instant) {
        return at.isBefore(instant) ? new Recipient(handle, level, instant, sigPerson, false, reasons) : this;
    }

    /** Whether the member hears of it only later than at the given instant. */
    public boolean isDeferredAt(Instant now) {
        return at.isAfter(now);
    }
}
