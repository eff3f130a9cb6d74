// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.Timer.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends what turns out not to have been: a run that came late shows that the incident never was. */
final class Retraction {

    private static final String WHY = "what was seen late shows that there was nothing to tell";

    private final NotifyContext context;
    private final NotificationScheduler scheduler;

    Retraction(NotifyContext bureau, NotificationScheduler telling) {
        this.context = bureau;
        this.scheduler = telling;
    }

    /** Takes back what waits, and says it is over where it was said; returns how it is to be remembered. */
    @Nullable IncidentView retract(ResponseState care, Instant now) {
        care.end();
        context.timers().cancel(Kind.UNANSWERED, care.identity().id());
        context.timers().cancel(Kind.SNOOZE_END, care.identity().id());
        context.timers().cancel(Kind.HANDOFF, care.identity().id());
        scheduler.withdrawPending(care, SuppressionReason.HEALED, WHY);
        context.responses().forget(care.identity().id());
        IncidentView last = care.view();
        if (last == null) {
            return null;
        }
        IncidentView ended = last.retracted(now, WHY);
        if (care.wasAnnounced() && last.state() == IncidentState.OPEN) {
            String id = last.id() + "-" + care.nextNotificationNumber() + "-" + NotificationKind.RESOLVED.value();
            String text = last.title() + " is over: " + WHY;
            context.decisions()
                    .addNotification(
                            new Notification(id, NotificationKind.RESOLVED, now, now, ended, null, text), List.of(WHY));
        }
        return ended;
    }
}
