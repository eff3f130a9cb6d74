// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Assigns a blocking incident to the next person after the owner's working hours. Nothing is planned ahead: at the
 * end of the hours, and when the next person starts, it looks up who owns the incident then.
 */
final class ShiftHandoff {
    private final NotifyContext context;
    private final RecipientResolver recipients;
    private final NotificationScheduler scheduler;

    ShiftHandoff(NotifyContext context, RecipientResolver recipients, NotificationScheduler scheduler) {
        this.context = context;
        this.recipients = recipients;
        this.scheduler = scheduler;
    }

    void shiftEnded(DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        String owner = response.ownership().owner();
        if (!response.isOpen() || owner == null || response.pending() != null || response.snoozedUntil() != null) {
            return;
        }
        Instant settledAt = context.responses().notifierState().deferredUntil();
        if (settledAt.isAfter(now)) {
            scheduler.scheduleHandoffCheckAt(incident, settledAt);
        } else if (!incident.blocking() || incident.foldedInto() != null || recipients.isAtWork(owner, now)) {
            scheduler.scheduleHandoffCheck(incident, now);
        } else {
            handOff(incident, owner, now);
        }
    }

    private void handOff(DetectedIncident incident, String owner, Instant now) {
        ResponseState response = context.responseTo(incident);
        Optional<Recipient> to = recipients.successor(response.diagnosis(incident), now, owner);
        if (to.isEmpty()) {
            scheduler.scheduleHandoffCheck(incident, now);
        } else if (to.get().isDeferredAt(now)) {
            scheduler.scheduleHandoffCheckAt(incident, to.get().at());
        } else {
            String reason = "the working hours of " + owner + " are over, and it blocks merging";
            scheduler.handOff(
                    incident,
                    NotificationScheduler.Draft.of(
                            NotificationKind.HANDOFF, note(incident, response.ownership()), reason),
                    to.get(),
                    now);
        }
    }

    private static String note(DetectedIncident incident, Ownership ownership) {
        List<String> lines = new ArrayList<>();
        lines.add(incident.title() + " is still open, and the working hours of " + ownership.owner() + " are over");
        Instant begin = Objects.requireNonNullElse(incident.firstFailure(), incident.openedAt());
        lines.add("since " + minute(begin) + ": " + incident.why());
        ownership.activity().forEach(entry -> lines.add(minute(entry.at()) + ": " + entry.what()));
        if (incident.runs() > 0) {
            int since = incident.runs() - ownership.runsAtAssignment();
            lines.add(runs(incident.runs()) + " in all, " + (since == 0 ? "none" : String.valueOf(since))
                    + " of them since it was assigned to " + ownership.owner() + "; the last failed at "
                    + minute(incident.lastFailure()));
        }
        return String.join("\n", lines);
    }

    private static String runs(int runs) {
        return runs + (runs == 1 ? " failed run" : " failed runs");
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }
}
