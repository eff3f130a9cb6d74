// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import io.kubevirt.cinotify.incident.notify.ResponseState.Deferred;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Schedules notifications, at once or for the start of the recipient's working hours, and withdraws them. */
final class NotificationScheduler {
    /**
     * The content of a notification.
     *
     * @param reasons why, without the reasons for the recipient
     * @param otherIncidents ids of other incidents that it covers
     */
    record Draft(NotificationKind kind, String text, List<String> reasons, List<String> otherIncidents) {
        static Draft of(NotificationKind kind, String text, String reason) {
            return new Draft(kind, text, List.of(reason), List.of());
        }

        static Draft opened(DetectedIncident incident, String reason) {
            return of(NotificationKind.OPENED, NotificationText.opened(incident), reason);
        }

        /** Shows the incident as if it were new. */
        static Draft changed(DetectedIncident incident, String reason) {
            return of(NotificationKind.CHANGED, NotificationText.opened(incident), reason);
        }

        static Draft changed(String text, String reason) {
            return of(NotificationKind.CHANGED, text, reason);
        }

        static Draft reminded(String text, String reason) {
            return of(NotificationKind.REMINDED, text, reason);
        }
    }

    private final NotifyContext context;
    private final RecipientResolver recipients;

    NotificationScheduler(NotifyContext context, RecipientResolver recipients) {
        this.context = context;
        this.recipients = recipients;
    }

    /** Notifies the person on duty; prefers the current assignee. */
    void schedule(DetectedIncident incident, Draft draft, Instant now) {
        schedule(incident, draft, onDuty(incident, now), now);
    }

    private Recipient onDuty(DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        return recipients
                .resolve(response.diagnosis(incident), incident.blocking(), now, response.handle())
                .notBefore(context.responses().notifierState().deferredUntil());
    }

    /**
     * Looks again for the recipient of an incident that starts to block: what waits for working hours or the end of quiet
     * hours is sent at once, and so is an escalation that they delayed.
     */
    void advance(DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        Deferred waiting = context.responses().waitingFor(incident.id()).orElse(null);
        if (waiting == null) {
            awaitAcknowledgement(incident);
            return;
        }
        Recipient to = onDuty(incident, now);
        if (to.at().isBefore(waiting.at()) || to.channelAtOnce() && !waiting.inChannel()) {
            String reason = "it blocks merging now";
            boolean announced = response.wasAnnounced();
            withdrawPending(response, SuppressionReason.KNOWN_BETTER, reason);
            schedule(
                    incident,
                    announced
                            ? Draft.of(NotificationKind.WORSE, NotificationText.withReason(incident, reason), reason)
                            : Draft.opened(incident, reason),
                    to,
                    now);
        }
    }

    void schedule(DetectedIncident incident, Draft draft, Recipient to, Instant now) {
        ResponseState response = context.responseTo(incident);
        response.assign(to, endOfWork(to));
        response.recordAnnounced(incident);
        Notification message = create(incident, draft, to, now);
        Deferred pending = new Deferred(message.id(), to.at(), draft.otherIncidents(), to.channelAtOnce());
        if (to.isDeferredAt(now)) {
            response.defer(pending, now);
            context.timers().set(Kind.DUE, incident.id(), to.at());
        } else {
            markDelivered(incident, pending);
        }
    }

    /** Assigns the incident to the next person; an acknowledgement stays. */
    void handOff(DetectedIncident incident, Draft draft, Recipient to, Instant now) {
        context.responseTo(incident).handOff(to, endOfWork(to), now);
        create(incident, draft, to, now);
        recordNotified(incident, now, "handed off to " + to.handle());
    }

    private @Nullable Instant endOfWork(Recipient to) {
        return to.handle() == null
                ? null
                : recipients.endOfWork(to.handle(), to.at()).orElse(null);
    }

    private Notification create(DetectedIncident incident, Draft draft, Recipient to, Instant now) {
        Notification message = build(incident, draft, to, now);
        List<String> reasons =
                Stream.concat(draft.reasons().stream(), to.reasons().stream()).toList();
        context.decisions().addNotification(message, reasons);
        context.decisions().touch(incident.id());
        Stream.of(to.handle(), to.sigPerson())
                .filter(Objects::nonNull)
                .forEach(person -> context.responses().notifierState().recordNotified(person, to.at()));
        cancelTimers(incident);
        return message;
    }

    /** Edits earlier messages; notifies nobody. */
    void edit(DetectedIncident incident, Draft draft, Instant now) {
        context.decisions().touch(incident.id());
        if (context.responseTo(incident).wasAnnounced()) {
            context.responseTo(incident).recordAnnounced(incident);
            context.decisions().addNotification(build(incident, draft, null, now), draft.reasons());
        }
    }

    /** Adds evidence to the message once artifacts have been read. */
    void showEvidence(DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        if (response.isOpen() && response.wasAnnounced() && response.evidenceAdded(incident)) {
            edit(incident, Draft.changed(incident, "the artifacts of a run have been read"), now);
        }
    }

    private Notification build(DetectedIncident incident, Draft draft, @Nullable Recipient to, Instant now) {
        ResponseState response = context.responseTo(incident);
        String id = incident.id() + "-" + response.nextNotificationNumber() + "-"
                + draft.kind().value();
        return new Notification(
                id, draft.kind(), now, to == null ? now : to.at(), response.viewOf(incident), to, draft.text());
    }

    void deliverDeferred(DetectedIncident incident) {
        Deferred pending = context.responseTo(incident).pending();
        if (pending != null) {
            markDelivered(incident, pending);
            context.decisions().touch(incident.id());
            showEvidence(incident, pending.at());
        }
    }

    private void markDelivered(DetectedIncident incident, Deferred message) {
        context.responseTo(incident).markNotified(message.at());
        message.otherIncidents().stream()
                .flatMap(id -> context.incidents().apply(id).stream())
                .forEach(other -> {
                    context.responseTo(other).markAnnounced(message.at());
                    context.decisions().touch(other.id());
                });
        String handle = context.responseTo(incident).handle();
        recordNotified(incident, message.at(), (handle == null ? "the channel" : handle) + " was notified");
    }

    private void recordNotified(DetectedIncident incident, Instant at, String what) {
        ResponseState response = context.responseTo(incident);
        response.ownership().assign(response.handle(), incident.runs());
        response.ownership().addActivity(at, what, incident.runs());
        awaitAcknowledgement(incident);
        scheduleHandoffCheck(incident, at);
    }

    /** Sets the timer by which the notified member must acknowledge. */
    void awaitAcknowledgement(DetectedIncident incident) {
        ResponseState response = context.responseTo(incident);
        if (response.awaitsAcknowledgement()
                && (incident.need() == null || !incident.need().mayWait())) {
            recipients
                    .afterWorking(
                            Objects.requireNonNull(response.handle()),
                            incident.blocking(),
                            response.notifiedAt(),
                            context.thresholds().escalation().timeoutOf(Objects.requireNonNull(response.level())))
                    .ifPresent(limit -> context.timers().set(Kind.UNANSWERED, incident.id(), limit));
        }
    }

    /** Sets the handoff timer to the end of the owner's current or next working hours. */
    void scheduleHandoffCheck(DetectedIncident incident, Instant from) {
        String owner = context.responseTo(incident).ownership().owner();
        if (owner != null) {
            recipients.endOfWork(owner, from).ifPresent(end -> scheduleHandoffCheckAt(incident, end));
        }
    }

    void scheduleHandoffCheckAt(DetectedIncident incident, Instant at) {
        ResponseState response = context.responseTo(incident);
        response.ownership().handoffCheckAt(at);
        context.decisions().touch(incident.id());
        if (response.isOpen()) {
            context.timers().set(Kind.HANDOFF, incident.id(), at);
        }
    }

    void cancelTimers(DetectedIncident incident) {
        context.timers().cancel(Kind.UNANSWERED, incident.id());
        context.timers().cancel(Kind.SNOOZE_END, incident.id());
        context.timers().cancel(Kind.HANDOFF, incident.id());
    }

    /**
     * Withdraws the deferred notification. If it covers other open incidents that no outage explains, one of them takes it
     * over instead.
     */
    void withdrawPending(ResponseState response, SuppressionReason why, String reason) {
        Deferred pending = response.pending();
        if (pending == null) {
            return;
        }
        response.dropPending();
        context.decisions().touch(response.identity().id());
        context.timers().cancel(Kind.DUE, response.identity().id());
        List<ResponseState> open = pending.otherIncidents().stream()
                .flatMap(id -> context.responses().find(id).stream())
                .filter(other -> other.isOpen() && !other.isFolded())
                .toList();
        if (open.isEmpty()) {
            context.decisions().withdraw(pending.notificationId(), why, List.of(reason));
        } else {
            ResponseState next = open.getFirst();
            List<String> rest = new ArrayList<>(pending.otherIncidents());
            rest.remove(next.identity().id());
            next.inherit(response, new Deferred(pending.notificationId(), pending.at(), rest, pending.inChannel()));
            context.decisions().touch(next.identity().id());
            context.timers().set(Kind.DUE, next.identity().id(), pending.at());
        }
    }
}
