// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.roster.TimeText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Asks the next level when a member does not answer in the working time that the level has; after the last, the channel. */
final class EscalationPolicy {

    private final NotifyContext context;
    private final RecipientResolver recipients;
    private final NotificationScheduler scheduler;

    EscalationPolicy(NotifyContext bureau, RecipientResolver addressing, NotificationScheduler telling) {
        this.context = bureau;
        this.recipients = addressing;
        this.scheduler = telling;
    }

    void unanswered(DetectedIncident about, Instant now) {
        ResponseState care = context.responseTo(about);
        if (!care.awaitsAcknowledgement()) {
            return;
        }
        String silent = Objects.requireNonNull(care.handle());
        String reason = silent + " was told at " + care.notifiedAt() + " and has worked "
                + TimeText.duration(context.thresholds().escalation().timeoutOf(Objects.requireNonNull(care.level())))
                + " since without an answer";
        Optional<Recipient> next = recipients
                .nextLevel(Objects.requireNonNull(care.level()), care.diagnosis(about), about.blocking(), now)
                .filter(addressee -> addressee.handle() != null);
        NotificationScheduler.Draft word = NotificationScheduler.Draft.of(
                NotificationKind.ESCALATED, NotificationText.escalated(about, silent, next.isEmpty()), reason);
        if (next.isPresent()) {
            scheduler.schedule(about, word, next.get(), now);
        } else {
            care.exhaust();
            scheduler.schedule(
                    about,
                    word,
                    new Recipient(
                            null, null, now, null, true, List.of("there is no further level: the channel is told")),
                    now);
        }
    }

    void snoozeEnds(DetectedIncident about, Instant now) {
        ResponseState care = context.responseTo(about);
        if (care.isOpen() && care.mute() == null) {
            String reason = "the snooze of " + care.acknowledgedBy() + " is over, and it is still open";
            scheduler.schedule(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.REMINDED, NotificationText.reminded(about, reason), reason),
                    now);
        }
    }
}
