// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.Timer.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says things, at once or when the person begins to work, and takes back what is over before that. */
final class NotificationScheduler {

    /**
     * What is to be said.
     *
     * @param reasons why, without those that concern the person
     * @param otherIncidents the identities of further incidents that it tells of
     */
    record Draft(NotificationKind kind, String text, List<String> reasons, List<String> otherIncidents) {
        static Draft of(NotificationKind kind, String text, String reason) {
            return new Draft(kind, text, List.of(reason), List.of());
        }
    }

    private final NotifyContext context;
    private final RecipientResolver recipients;

    NotificationScheduler(NotifyContext bureau, RecipientResolver addressing) {
        this.context = bureau;
        this.recipients = addressing;
    }

    /** Calls a person: whoever is responsible, and stays so. */
    void schedule(DetectedIncident about, Draft word, Instant now) {
        ResponseState care = context.responseTo(about);
        Recipient to = recipients.resolve(care.diagnosis(about), about.blocking(), now, care.handle());
        schedule(about, word, to.notBefore(context.responses().notifierState().deferredUntil()), now);
    }

    /** Calls a certain person. */
    void schedule(DetectedIncident about, Draft word, Recipient to, Instant now) {
        ResponseState care = context.responseTo(about);
        care.assign(to);
        care.recordAnnounced(about);
        Notification message = create(about, word, to, now);
        DeferredNotification pending = new DeferredNotification(message.id(), to.at(), word.otherIncidents());
        if (to.isDeferredAt(now)) {
            care.defer(pending, to.channelAtOnce(), now);
            context.timers().set(Kind.DUE, about.id(), to.at());
        } else {
            markDelivered(about, pending);
        }
    }

    /** Tells the next person how it stands; whoever has answered stays the one who has. */
    void handOff(DetectedIncident about, Draft word, Recipient to, Instant now) {
        context.responseTo(about).handOff(to, now);
        create(about, word, to, now);
        recordNotified(about, now, "it was handed over to " + to.handle());
    }

    private Notification create(DetectedIncident about, Draft word, Recipient to, Instant now) {
        Notification message = build(about, word, to, now);
        List<String> reasons =
                Stream.concat(word.reasons().stream(), to.reasons().stream()).toList();
        context.decisions().addNotification(message, reasons);
        context.decisions().touch(about.id());
        Stream.of(to.handle(), to.sigPerson())
                .filter(Objects::nonNull)
                .forEach(person -> context.responses().notifierState().recordNotified(person, to.at()));
        cancelTimers(about);
        return message;
    }

    /** Changes what was said before; nobody is called. */
    void edit(DetectedIncident about, Draft word, Instant now) {
        context.decisions().touch(about.id());
        if (context.responseTo(about).wasAnnounced()) {
            context.responseTo(about).recordAnnounced(about);
            context.decisions().addNotification(build(about, word, null, now), word.reasons());
        }
    }

    /** Whoever was told before the artifacts were read sees what they say. */
    void showEvidence(DetectedIncident about, Instant now) {
        ResponseState care = context.responseTo(about);
        if (care.isOpen() && care.wasAnnounced() && care.evidenceAdded(about)) {
            edit(
                    about,
                    Draft.of(
                            NotificationKind.CHANGED,
                            NotificationText.opened(about),
                            "the artifacts of a run have been read"),
                    now);
        }
    }

    private Notification build(DetectedIncident about, Draft word, @Nullable Recipient to, Instant now) {
        ResponseState care = context.responseTo(about);
        String id = about.id() + "-" + care.nextNotificationNumber() + "-"
                + word.kind().value();
        return new Notification(id, word.kind(), now, to == null ? now : to.at(), care.viewOf(about), to, word.text());
    }

    /** A message that waited is said now. */
    void deliverDeferred(DetectedIncident about) {
        DeferredNotification pending = context.responseTo(about).pending();
        if (pending != null) {
            markDelivered(about, pending);
            context.decisions().touch(about.id());
            showEvidence(about, pending.at());
        }
    }

    private void markDelivered(DetectedIncident about, DeferredNotification message) {
        context.responseTo(about).markNotified(message.at());
        message.otherIncidents().stream()
                .flatMap(id -> context.incidents().apply(id).stream())
                .forEach(other -> {
                    context.responseTo(other).markAnnounced(message.at());
                    context.decisions().touch(other.id());
                });
        String handle = context.responseTo(about).handle();
        recordNotified(about, message.at(), (handle == null ? "the channel" : handle) + " was told");
    }

    private void recordNotified(DetectedIncident about, Instant at, String what) {
        ResponseState care = context.responseTo(about);
        care.ownership().assign(care.handle(), about.runs());
        care.ownership().addActivity(at, what, about.runs());
        awaitAcknowledgement(about);
        scheduleHandoffCheck(about, at);
    }

    /** Sets the end of the time in which the told member should answer. */
    void awaitAcknowledgement(DetectedIncident about) {
        ResponseState care = context.responseTo(about);
        if (care.awaitsAcknowledgement()
                && (about.need() == null || !about.need().mayWait())) {
            recipients
                    .afterWorking(
                            Objects.requireNonNull(care.handle()),
                            care.notifiedAt(),
                            context.thresholds().escalation().timeoutOf(Objects.requireNonNull(care.level())))
                    .ifPresent(limit -> context.timers().set(Kind.UNANSWERED, about.id(), limit));
        }
    }

    /** Looks again when the working hours of whoever has it are over that last at an instant, or begin next after it. */
    void scheduleHandoffCheck(DetectedIncident about, Instant from) {
        String keeper = context.responseTo(about).ownership().owner();
        if (keeper != null) {
            recipients.endOfWork(keeper, from).ifPresent(end -> scheduleHandoffCheckAt(about, end));
        }
    }

    /** Sets when it is asked again who has it. */
    void scheduleHandoffCheckAt(DetectedIncident about, Instant at) {
        ResponseState care = context.responseTo(about);
        care.ownership().handoffCheckAt(at);
        context.decisions().touch(about.id());
        if (care.isOpen()) {
            context.timers().set(Kind.HANDOFF, about.id(), at);
        }
    }

    /** Nobody is asked any more. */
    void cancelTimers(DetectedIncident about) {
        context.timers().cancel(Kind.UNANSWERED, about.id());
        context.timers().cancel(Kind.SNOOZE_END, about.id());
        context.timers().cancel(Kind.HANDOFF, about.id());
    }

    /** Withdraws what waits, unless it tells of others that are still open: then one of them takes it over. */
    void withdrawPending(ResponseState care, SuppressionReason why, String reason) {
        DeferredNotification pending = care.pending();
        if (pending == null) {
            return;
        }
        care.dropPending();
        context.decisions().touch(care.identity().id());
        context.timers().cancel(Kind.DUE, care.identity().id());
        List<ResponseState> open = pending.otherIncidents().stream()
                .flatMap(id -> context.responses().find(id).stream())
                .filter(ResponseState::isOpen)
                .toList();
        if (open.isEmpty()) {
            context.decisions().withdraw(pending.notificationId(), why, List.of(reason));
        } else {
            ResponseState heir = open.getFirst();
            List<String> rest = new ArrayList<>(pending.otherIncidents());
            rest.remove(heir.identity().id());
            heir.inherit(care, new DeferredNotification(pending.notificationId(), pending.at(), rest));
            context.decisions().touch(heir.identity().id());
            context.timers().set(Kind.DUE, heir.identity().id(), pending.at());
        }
    }
}
