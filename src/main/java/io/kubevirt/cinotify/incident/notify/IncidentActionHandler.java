// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import io.kubevirt.cinotify.incident.notify.NotificationScheduler.Draft;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class IncidentActionHandler {
    private final NotifyContext context;
    private final RecipientResolver recipients;
    private final NotificationScheduler scheduler;

    IncidentActionHandler(NotifyContext context, RecipientResolver recipients, NotificationScheduler scheduler) {
        this.context = context;
        this.recipients = recipients;
        this.scheduler = scheduler;
    }

    /** Returns the event that changes the incident itself, if the action causes one. */
    Optional<IncidentEvent> handle(IncidentAction action, Instant now) {
        Optional<DetectedIncident> incident = context.incidents().apply(action.incident());
        if (incident.isEmpty()) {
            context.decisions().reject(action, "there is no incident " + action.incident());
        } else if (!incident.get().isOpen()) {
            context.decisions().reject(action, "incident " + action.incident() + " is closed");
        } else {
            context.decisions().touch(incident.get().id());
            return handle(action, incident.get(), now);
        }
        return Optional.empty();
    }

    private Optional<IncidentEvent> handle(IncidentAction action, DetectedIncident incident, Instant now) {
        switch (action) {
            case IncidentAction.Acknowledge acknowledge -> acknowledge(acknowledge, incident, now);
            case IncidentAction.Snooze snooze -> snooze(snooze, incident, now);
            case IncidentAction.Reassign reassign -> reassign(reassign, incident, now);
            case IncidentAction.Resolve resolve -> {
                return Optional.of(new IncidentEvent.IncidentResolved(now, incident.id(), resolve.by()));
            }
        }
        return Optional.empty();
    }

    private void acknowledge(IncidentAction.Acknowledge acknowledge, DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        if (response.isAcknowledgedBy(acknowledge.by())) {
            context.decisions().reject(acknowledge, acknowledge.by() + " has acknowledged it already");
            return;
        }
        response.acknowledge(acknowledge.by(), now);
        scheduler.cancelTimers(incident);
        showAnswer(incident, acknowledge.by() + " acknowledged it", now);
        recordAnswer(incident, acknowledge.by(), acknowledge.by() + " acknowledged it", now);
    }

    private void snooze(IncidentAction.Snooze snooze, DetectedIncident incident, Instant now) {
        if (!snooze.until().isAfter(now)) {
            context.decisions().reject(snooze, snooze.until() + " is not in the future");
            return;
        }
        ResponseState response = context.responseTo(incident);
        response.snooze(snooze, now);
        scheduler.cancelTimers(incident);
        String what =
                snooze.by() + " snoozed it until " + snooze.until() + (snooze.force() ? ", even if it gets worse" : "");
        showAnswer(incident, what, now);
        recordAnswer(incident, snooze.by(), what, now);
        scheduler.cancelTimers(incident);
        context.timers().set(Kind.SNOOZE_END, incident.id(), snooze.until());
    }

    /** A member who responds becomes the owner. If somebody else responds, the notified member stays the owner. */
    private void recordAnswer(DetectedIncident incident, String by, String what, Instant now) {
        Ownership ownership = context.responseTo(incident).ownership();
        if (recipients.isMember(by)) {
            ownership.assign(by, incident.runs());
        }
        ownership.addActivity(now, what, incident.runs());
        scheduler.scheduleHandoffCheck(incident, now);
    }

    /** Withdraws a deferred notification and edits the message, so that the notified people see the response. */
    private void showAnswer(DetectedIncident incident, String reason, Instant now) {
        scheduler.withdrawPending(context.responseTo(incident), SuppressionReason.ACKNOWLEDGED, reason);
        scheduler.edit(incident, Draft.changed(incident, reason), now);
    }

    private void reassign(IncidentAction.Reassign reassign, DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        Diagnosis before = response.diagnosis(incident);
        Diagnosis diagnosis = reassign.area() == null ? before : reassigned(before, reassign.area(), reassign.sig());
        Optional<Recipient> to = reassign.member() == null
                ? Optional.of(recipients.resolve(diagnosis, incident.blocking(), now))
                        .filter(recipient -> recipient.handle() != null)
                : recipients.forMember(reassign.member(), diagnosis, incident.blocking(), now);
        if (to.isEmpty()) {
            String whom = reassign.member() == null ? diagnosis.area() : reassign.member();
            context.decisions()
                    .reject(reassign, whom + " is not in the roster, or nobody is on duty for it within a year");
            return;
        }
        if (reassign.area() != null) {
            response.reassignTo(reassign.area(), reassign.sig());
        }
        scheduler.withdrawPending(response, SuppressionReason.ACKNOWLEDGED, reassign.by() + " reassigned it");
        response.ownership()
                .addActivity(
                        now, reassign.by() + " reassigned it to " + to.get().handle(), incident.runs());
        String reason = reassign.by() + " reassigned it to " + to.get().handle();
        scheduler.schedule(
                incident, Draft.reminded(NotificationText.withReason(incident, reason), reason), to.get(), now);
    }

    static Diagnosis reassigned(Diagnosis from, String area, @Nullable String sig) {
        return new Diagnosis(
                from.cause(),
                sig == null ? from.sig() : sig,
                area,
                from.confidence(),
                "reassigned",
                from.trace(),
                from.symptoms(),
                null,
                from.knownIssue());
    }
}
