// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.notify.NotificationScheduler.Draft;
import io.kubevirt.cinotify.roster.TimeText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Escalates to the next level when a member does not acknowledge within the level's working time; after the last level,
 * to the channel.
 */
final class EscalationPolicy {
    private final NotifyContext context;
    private final RecipientResolver recipients;
    private final NotificationScheduler scheduler;

    EscalationPolicy(NotifyContext context, RecipientResolver recipients, NotificationScheduler scheduler) {
        this.context = context;
        this.recipients = recipients;
        this.scheduler = scheduler;
    }

    void unanswered(DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        if (!response.awaitsAcknowledgement()) {
            return;
        }
        String handle = Objects.requireNonNull(response.handle());
        String reason = handle + " was notified at " + response.notifiedAt() + " and has not acknowledged within "
                + TimeText.duration(
                        context.thresholds().escalation().timeoutOf(Objects.requireNonNull(response.level())))
                + " of working time";
        Optional<Recipient> next = recipients
                .nextLevel(
                        Objects.requireNonNull(response.level()),
                        response.diagnosis(incident),
                        incident.blocking(),
                        now)
                .filter(recipient -> recipient.handle() != null);
        Draft draft = Draft.of(
                NotificationKind.ESCALATED, NotificationText.escalated(incident, handle, next.isEmpty()), reason);
        if (next.isPresent()) {
            scheduler.schedule(incident, draft, next.get(), now);
        } else {
            response.exhaust();
            scheduler.schedule(
                    incident,
                    draft,
                    new Recipient(
                            null, null, now, null, true, List.of("there is no further level: the channel is notified")),
                    now);
        }
    }

    void snoozeEnds(DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        if (response.isOpen() && response.mute() == null) {
            String reason = "the snooze of " + response.acknowledgedBy() + " is over, and it is still open";
            scheduler.schedule(incident, Draft.reminded(NotificationText.reminded(incident, reason), reason), now);
        }
    }
}
