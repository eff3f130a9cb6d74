// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells the next person of a blocking incident, once the working hours of whoever has it are over. Nothing is decided in
 * advance: when they are over, and again when the next person begins to work, it is asked who has it now.
 */
final class ShiftHandoff {

    private final NotifyContext context;
    private final RecipientResolver recipients;
    private final NotificationScheduler scheduler;

    ShiftHandoff(NotifyContext bureau, RecipientResolver addressing, NotificationScheduler telling) {
        this.context = bureau;
        this.recipients = addressing;
        this.scheduler = telling;
    }

    void shiftEnded(DetectedIncident about, Instant now) {
        ResponseState care = context.responseTo(about);
        String keeper = care.ownership().owner();
        if (!care.isOpen() || keeper == null || care.pending() != null || care.snoozedUntil() != null) {
            return;
        }
        Instant settledAt = context.responses().notifierState().deferredUntil();
        if (settledAt.isAfter(now)) {
            scheduler.scheduleHandoffCheckAt(about, settledAt);
        } else if (!about.blocking() || about.foldedInto() != null || recipients.isAtWork(keeper, now)) {
            scheduler.scheduleHandoffCheck(about, now);
        } else {
            handOff(about, keeper, now);
        }
    }

    private void handOff(DetectedIncident about, String keeper, Instant now) {
        ResponseState care = context.responseTo(about);
        Optional<Recipient> to = recipients.successor(care.diagnosis(about), now, keeper);
        if (to.isEmpty()) {
            scheduler.scheduleHandoffCheck(about, now);
        } else if (to.get().isDeferredAt(now)) {
            scheduler.scheduleHandoffCheckAt(about, to.get().at());
        } else {
            String reason = "the working hours of " + keeper + " are over, and it blocks merging";
            scheduler.handOff(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.HANDOFF, HandoffNote.of(about, care.ownership()), reason),
                    to.get(),
                    now);
        }
    }
}
