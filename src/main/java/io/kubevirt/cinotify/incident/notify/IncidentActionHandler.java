// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.Timer.Kind;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people want of an incident. */
final class IncidentActionHandler {

    private final NotifyContext context;
    private final RecipientResolver recipients;
    private final NotificationScheduler scheduler;

    IncidentActionHandler(NotifyContext bureau, RecipientResolver addressing, NotificationScheduler telling) {
        this.context = bureau;
        this.recipients = addressing;
        this.scheduler = telling;
    }

    /** What follows for the incident itself, if anything. */
    Optional<IncidentEvent> handle(IncidentAction command, Instant now) {
        Optional<DetectedIncident> about = context.incidents().apply(command.incident());
        if (about.isEmpty()) {
            context.decisions().reject(command, "there is no incident " + command.incident());
        } else if (!about.get().isOpen()) {
            context.decisions().reject(command, "incident " + command.incident() + " is over");
        } else {
            context.decisions().touch(about.get().id());
            return handle(command, about.get(), now);
        }
        return Optional.empty();
    }

    private Optional<IncidentEvent> handle(IncidentAction command, DetectedIncident about, Instant now) {
        ResponseState care = context.responseTo(about);
        switch (command) {
            case IncidentAction.Acknowledge acknowledge -> {
                care.acknowledge(acknowledge.by());
                scheduler.cancelTimers(about);
                showAnswer(about, acknowledge.by() + " sees to it", now);
                recordAnswer(about, acknowledge.by(), acknowledge.by() + " acknowledged it", now);
            }
            case IncidentAction.Snooze snooze -> snooze(snooze, about, now);
            case IncidentAction.Reassign reassign -> reassign(reassign, about, now);
            case IncidentAction.Resolve resolve -> {
                return Optional.of(new IncidentEvent.IncidentResolved(now, about.id(), resolve.by()));
            }
        }
        return Optional.empty();
    }

    private void snooze(IncidentAction.Snooze snooze, DetectedIncident about, Instant now) {
        if (!snooze.until().isAfter(now)) {
            context.decisions().reject(snooze, snooze.until() + " is not in the future");
            return;
        }
        ResponseState care = context.responseTo(about);
        care.snooze(snooze.by(), snooze.until());
        scheduler.cancelTimers(about);
        showAnswer(about, snooze.by() + " wants to hear of it at " + snooze.until(), now);
        recordAnswer(about, snooze.by(), snooze.by() + " snoozed it until " + snooze.until(), now);
        scheduler.cancelTimers(about);
        context.timers().set(Kind.SNOOZE_END, about.id(), snooze.until());
    }

    /** A member who answers has it; whoever else does leaves it with the member who was told. */
    private void recordAnswer(DetectedIncident about, String by, String what, Instant now) {
        Ownership keeping = context.responseTo(about).ownership();
        if (recipients.isMember(by)) {
            keeping.assign(by, about.runs());
        }
        keeping.addActivity(now, what, about.runs());
        scheduler.scheduleHandoffCheck(about, now);
    }

    /** What waits is said no more; who was told sees that somebody has it. */
    private void showAnswer(DetectedIncident about, String reason, Instant now) {
        scheduler.withdrawPending(context.responseTo(about), SuppressionReason.ACKNOWLEDGED, reason);
        scheduler.edit(
                about,
                NotificationScheduler.Draft.of(NotificationKind.CHANGED, NotificationText.opened(about), reason),
                now);
    }

    private void reassign(IncidentAction.Reassign reassign, DetectedIncident about, Instant now) {
        ResponseState care = context.responseTo(about);
        Diagnosis before = care.diagnosis(about);
        Diagnosis diagnosis = reassign.area() == null ? before : reassigned(before, reassign.area(), reassign.sig());
        Optional<Recipient> to = reassign.member() == null
                ? Optional.of(recipients.resolve(diagnosis, about.blocking(), now))
                        .filter(addressee -> addressee.handle() != null)
                : recipients.forMember(reassign.member(), diagnosis, now);
        if (to.isEmpty()) {
            String whom = reassign.member() == null ? diagnosis.area() : reassign.member();
            context.decisions()
                    .reject(reassign, whom + " is not in the group's table, or nobody works for it within a year");
            return;
        }
        if (reassign.area() != null) {
            care.reassignTo(reassign.area(), reassign.sig());
        }
        scheduler.withdrawPending(care, SuppressionReason.ACKNOWLEDGED, reassign.by() + " gave it to somebody else");
        care.ownership()
                .addActivity(now, reassign.by() + " gave it to " + to.get().handle(), about.runs());
        String reason = reassign.by() + " gave it to " + to.get().handle();
        scheduler.schedule(
                about,
                NotificationScheduler.Draft.of(
                        NotificationKind.REMINDED, NotificationText.withReason(about, reason), reason),
                to.get(),
                now);
    }

    /** The same failure, seen to by another area or SIG. */
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
