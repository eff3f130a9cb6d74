// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.roster.Level;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is notified of an incident, when and why.
 *
 * @param handle the GitHub handle of the member; null if the area has nobody
 * @param level the member's level for the area; null with the handle
 * @param at now, or the member's next working minute
 * @param sigPerson the GitHub handle of a chair or lead of the SIG; null if no SIG is involved
 * @param channelAtOnce whether the channel shows the message now although the member is notified later
 * @param reasons why this person at this time, one sentence each
 */
public record Recipient(
        @Nullable String handle,
        @Nullable Level level,
        Instant at,
        @Nullable String sigPerson,
        boolean channelAtOnce,
        List<String> reasons) {
    public Recipient {
        reasons = List.copyOf(reasons);
    }

    /** The recipient, notified no earlier than an instant, also in the channel. */
    public Recipient notBefore(Instant instant) {
        return at.isBefore(instant) ? new Recipient(handle, level, instant, sigPerson, false, reasons) : this;
    }

    public boolean isDeferredAt(Instant now) {
        return at.isAfter(now);
    }
}
