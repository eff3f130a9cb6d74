// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.LaneIncident.Aftermath;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.TimerQueue.Kind;
import io.kubevirt.cinotify.incident.notify.NotificationScheduler.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares incidents with what people know of them and plans notifications for the difference. So it does not matter
 * how an incident changed: by one run, by a hundred after a gap, or by a replay.
 */
final class NotificationPlanner {
    /** From this age on the notification says that it is late. */
    private static final Duration LATE_AFTER = Duration.ofMinutes(5);

    private static final String NO_INCIDENT = "late runs show that there was no incident";

    private final NotifyContext context;
    private final NotificationScheduler scheduler;

    NotificationPlanner(NotifyContext context, NotificationScheduler scheduler) {
        this.context = context;
        this.scheduler = scheduler;
    }

    void plan(Collection<DetectedIncident> changed, Instant now) {
        Map<Group, List<LaneIncident>> grouped = new LinkedHashMap<>();
        changed.stream().filter(incident -> !incident.isOpen()).forEach(incident -> closed(incident, now));
        for (DetectedIncident incident : changed) {
            if (incident.isOpen()) {
                Aftermath after = aftermath(incident, now);
                if (after != null) {
                    LaneIncident lane = (LaneIncident) incident;
                    grouped.computeIfAbsent(group(after, lane), same -> new ArrayList<>())
                            .add(lane);
                } else {
                    open(incident, now);
                }
            }
        }
        grouped.forEach((group, lanes) -> notifyGrouped(group.after(), lanes, now));
    }

    /**
     * Lanes after an outage that are notified in one list, because the same people may see them.
     *
     * @param repository of those that not everybody may see
     */
    private record Group(Aftermath after, @Nullable String repository) {}

    private Group group(Aftermath after, LaneIncident lane) {
        return new Group(
                after,
                context.publicOnes().contains(lane) ? null : lane.groupKey().repository());
    }

    /** An outage in a message about another incident: without what it affects if not everybody may see that. */
    private String nameOf(String outage, String title) {
        return context.publicOnes().contains(outage) ? "outage " + outage + " of " + title : "an outage";
    }

    /** The outage after which a lane is still broken, if people must be notified now. */
    private @Nullable Aftermath aftermath(DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        boolean isNew = !response.isOpen() || response.isUnfolded(incident) && !isAcknowledgedOrSnoozed(response, now);
        return isNew && incident.mute() == null && incident instanceof LaneIncident lane ? lane.aftermath() : null;
    }

    private void open(DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        boolean notified = checkOpen(incident, response, now);
        notified |= checkNeed(incident, response, notified, now);
        notified |= checkStep(incident, response, notified, now);
        if (!notified && response.mute() == null && response.startsToBlock(incident)) {
            scheduler.advance(incident, now);
        }
        checkBranch(incident, response, notified, now);
        if (response.isUnfolded(incident)) {
            response.foldInto(null);
            unfold(incident, response, notified, now);
        } else if (response.foldInto(incident.foldedInto())) {
            String reason = "an outage explains it";
            scheduler.withdrawPending(response, SuppressionReason.FOLDED_INTO_OUTAGE, reason);
            String outage = String.valueOf(incident.foldedInto());
            String title = context.incidents()
                    .apply(outage)
                    .map(DetectedIncident::title)
                    .orElse("");
            scheduler.edit(
                    incident,
                    Draft.of(NotificationKind.FOLDED, NotificationText.folded(incident, nameOf(outage, title)), reason),
                    now);
        }
    }

    /** The outage is over or was none, and the lane is still broken. */
    private void unfold(DetectedIncident incident, ResponseState response, boolean notified, Instant now) {
        String reason = "no outage explains it any more, and it still fails";
        if (notified || response.mute() != null || isAcknowledgedOrSnoozed(response, now)) {
            scheduler.edit(incident, Draft.changed(NotificationText.reminded(incident, reason), reason), now);
        } else {
            boolean known = response.wasAnnounced();
            scheduler.schedule(
                    incident,
                    known
                            ? Draft.reminded(NotificationText.reminded(incident, reason), reason)
                            : Draft.opened(incident, reason),
                    now);
        }
    }

    /** Returns whether it notified, as the other checks do: later ones of the same change then only edit. */
    private boolean checkOpen(DetectedIncident incident, ResponseState response, Instant now) {
        KnownIssueMatch before = response.isOpen() ? response.mute() : null;
        KnownIssueMatch mute = incident.mute();
        if (mute == null && before == null && !response.isOpen()) {
            return begin(incident, response, now);
        }
        if (mute == null && before == null && response.ownerChanged(incident)) {
            return ownerChanged(incident, response, now);
        }
        if (mute != null) {
            mute(incident, mute, before, now);
        }
        boolean notified = mute == null && before != null && endMute(incident, before, now);
        scheduler.showEvidence(incident, now);
        return notified;
    }

    /** Notifies again when the incident got clearly worse, also if somebody acknowledged or snoozed it. */
    private boolean checkStep(DetectedIncident incident, ResponseState response, boolean notified, Instant now) {
        if (response.mute() != null || !response.addStep(incident)) {
            return false;
        }
        String reason = Objects.requireNonNull(((LaneIncident) incident).step()).why();
        if (notified || response.isSilenced()) {
            scheduler.edit(incident, Draft.changed(NotificationText.withReason(incident, reason), reason), now);
            return false;
        }
        boolean announced = response.wasAnnounced();
        scheduler.withdrawPending(response, SuppressionReason.KNOWN_BETTER, reason);
        scheduler.schedule(
                incident,
                announced
                        ? Draft.of(NotificationKind.WORSE, NotificationText.withReason(incident, reason), reason)
                        : Draft.opened(incident, reason),
                now);
        return true;
    }

    /** Notifies again when an announced incident reached another branch, unless somebody snoozed it. */
    private void checkBranch(DetectedIncident incident, ResponseState response, boolean notified, Instant now) {
        LaneIncident.NewBranch newBranch = incident instanceof LaneIncident lane ? lane.newBranch() : null;
        if (newBranch == null
                || !response.addBranch(newBranch)
                || !response.wasAnnounced()
                || response.pending() != null
                || response.mute() != null) {
            return;
        }
        String reason = "now also fails on branch " + newBranch.branch();
        String text = NotificationText.reminded(incident, reason);
        if (notified || response.snoozedUntil() != null) {
            scheduler.edit(incident, Draft.changed(text, reason), now);
        } else {
            scheduler.schedule(incident, Draft.reminded(text, reason), now);
        }
    }

    /** Notifies again when people must do something else than before. */
    private boolean checkNeed(DetectedIncident incident, ResponseState response, boolean notified, Instant now) {
        boolean other = response.ownership().needChanged(incident);
        boolean changed = response.ownership().reasonChanged(incident);
        if (other && !notified && response.snoozedUntil() == null) {
            boolean announced = response.wasAnnounced();
            scheduler.withdrawPending(response, SuppressionReason.KNOWN_BETTER, "it needs something else now");
            scheduler.schedule(
                    incident,
                    Draft.of(
                            announced ? NotificationKind.REMINDED : NotificationKind.OPENED,
                            NotificationText.opened(incident),
                            incident.why()),
                    now);
            return true;
        }
        if (other || changed) {
            scheduler.edit(incident, Draft.changed(incident, incident.why()), now);
        }
        return false;
    }

    private boolean begin(DetectedIncident incident, ResponseState response, Instant now) {
        response.begin(incident);
        response.ownership().needChanged(incident);
        response.ownership().reasonChanged(incident);
        if (response.wasAnnounced() && incident.kind() == IncidentKind.BUMP) {
            String reason = "it needs attention again: " + incident.why();
            scheduler.schedule(incident, Draft.reminded(NotificationText.opened(incident), reason), now);
            return true;
        }
        if (response.wasAnnounced()) {
            response.restart(now);
            scheduler.awaitAcknowledgement(incident);
            scheduler.scheduleHandoffCheck(incident, now);
            String reason = "it fails again: " + incident.why();
            scheduler.edit(incident, Draft.changed(NotificationText.reminded(incident, reason), reason), now);
            return false;
        }
        scheduler.schedule(
                incident,
                new Draft(
                        NotificationKind.OPENED,
                        NotificationText.opened(incident),
                        reasons(incident, incident.why(), now),
                        List.of()),
                now);
        return true;
    }

    private static List<String> reasons(DetectedIncident incident, String reason, Instant now) {
        List<String> reasons = new ArrayList<>(incident.diagnosis().trace());
        reasons.remove(reason);
        reasons.add(reason);
        if (incident.openSince().plus(LATE_AFTER).isBefore(now)) {
            reasons.add("late: it has been broken since " + incident.openSince() + ", and was seen only now");
        }
        return reasons;
    }

    private boolean ownerChanged(DetectedIncident incident, ResponseState response, Instant now) {
        boolean notifies = response.pending() != null && !response.wasAnnounced();
        String reason =
                "the diagnosis is now " + response.diagnosis(incident).cause().value() + ", SIG "
                        + response.diagnosis(incident).sig() + ", area "
                        + response.diagnosis(incident).area();
        if (notifies) {
            scheduler.withdrawPending(response, SuppressionReason.KNOWN_BETTER, reason);
            scheduler.schedule(incident, Draft.opened(incident, reason), now);
        } else {
            scheduler.edit(incident, Draft.changed(NotificationText.reminded(incident, reason), reason), now);
        }
        response.recordAnnounced(incident);
        return notifies;
    }

    private void notifyGrouped(Aftermath after, List<LaneIncident> lanes, Instant now) {
        List<LaneIncident> unannounced = new ArrayList<>();
        List<LaneIncident> announced = new ArrayList<>();
        for (LaneIncident lane : lanes) {
            ResponseState response = context.responseTo(lane);
            response.begin(lane);
            context.decisions().touch(lane.id());
            (response.wasAnnounced() ? announced : unannounced).add(lane);
        }
        List<LaneIncident> all = new ArrayList<>(unannounced);
        all.addAll(announced);
        LaneIncident first = all.getFirst();
        List<String> others = all.stream().skip(1).map(DetectedIncident::id).toList();
        scheduler.schedule(
                first,
                new Draft(
                        unannounced.isEmpty() ? NotificationKind.REMINDED : NotificationKind.OPENED,
                        NotificationText.stillRed(nameOf(after.outage(), after.title()), all),
                        List.of("the outage " + after.outage() + " is over, and these lanes still fail"),
                        others),
                now);
        String notification =
                context.decisions().notificationAbout(List.of(first.id())).orElseThrow();
        all.stream().skip(1).forEach(other -> {
            context.responseTo(other).stopWaiting();
            context.decisions().addMention(other.id(), notification);
        });
    }

    /** Cancels escalation and announces the end. */
    private void closed(DetectedIncident incident, Instant now) {
        ResponseState response = context.responseTo(incident);
        if (!response.isOpen()) {
            return;
        }
        response.end();
        scheduler.cancelTimers(incident);
        scheduler.withdrawPending(
                response, SuppressionReason.HEALED, incident.whyOver() + ", before anybody was notified");
        announceResolved(incident, now);
    }

    /** Announces the end, if the incident was announced. */
    void announceResolved(DetectedIncident incident, Instant now) {
        String why = incident.whyOver();
        if (!incident.isOpen()) {
            scheduler.edit(
                    incident, Draft.of(NotificationKind.RESOLVED, NotificationText.resolved(incident, why), why), now);
        }
    }

    /** Retracts an incident that a replay did not find again; returns what to store, or null if it was never stored. */
    @Nullable IncidentView retract(ResponseState response, Instant now) {
        response.end();
        context.timers().cancel(Kind.UNANSWERED, response.identity().id());
        context.timers().cancel(Kind.SNOOZE_END, response.identity().id());
        context.timers().cancel(Kind.HANDOFF, response.identity().id());
        scheduler.withdrawPending(response, SuppressionReason.HEALED, NO_INCIDENT);
        IncidentView last = response.view();
        if (last == null) {
            context.responses().forget(response.identity().id());
            return null;
        }
        IncidentView ended = last.retracted(now, NO_INCIDENT);
        response.view(ended);
        if (response.wasAnnounced() && last.state() == IncidentState.OPEN) {
            String id = last.id() + "-" + response.nextNotificationNumber() + "-" + NotificationKind.RESOLVED.value();
            String text = last.title() + " is over: " + NO_INCIDENT;
            context.decisions()
                    .addNotification(
                            new Notification(id, NotificationKind.RESOLVED, now, now, ended, null, text),
                            List.of(NO_INCIDENT));
        }
        return ended;
    }

    private void mute(DetectedIncident incident, KnownIssueMatch mute, @Nullable KnownIssueMatch before, Instant now) {
        ResponseState response = context.responseTo(incident);
        if (!response.isOpen()) {
            response.begin(incident);
        }
        response.mute(mute);
        if (!mute.equals(before)) {
            String reason = mute.sentence();
            scheduler.withdrawPending(response, SuppressionReason.KNOWN_ISSUE, reason);
            scheduler.edit(incident, Draft.changed(NotificationText.withReason(incident, reason), reason), now);
        }
    }

    private boolean endMute(DetectedIncident incident, KnownIssueMatch before, Instant now) {
        ResponseState response = context.responseTo(incident);
        response.mute(null);
        String reason = "known issue \"" + before.title() + "\" "
                + (before.mutesAt(now) ? "does not explain all of it" : "applied until " + before.until())
                + ", and it is still broken: " + incident.why();
        if (isAcknowledgedOrSnoozed(response, now)) {
            scheduler.edit(incident, Draft.changed(NotificationText.withReason(incident, reason), reason), now);
            return false;
        }
        List<String> reasons = new ArrayList<>(incident.diagnosis().trace());
        reasons.add(reason);
        boolean known = response.wasAnnounced();
        scheduler.schedule(
                incident,
                new Draft(
                        known ? NotificationKind.REMINDED : NotificationKind.OPENED,
                        known ? NotificationText.withReason(incident, reason) : NotificationText.opened(incident),
                        reasons,
                        List.of()),
                now);
        return true;
    }

    private static boolean isAcknowledgedOrSnoozed(ResponseState response, Instant now) {
        return response.snoozedUntil() == null
                ? response.acknowledgedBy() != null
                : response.snoozedUntil().isAfter(now);
    }
}
