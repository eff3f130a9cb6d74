// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares how incidents are with what people know of them, and says the difference. So it does not matter how an incident
 * came to be as it is: by one more run, by a hundred after a gap, or because a late one changed what was counted before.
 */
final class NotificationPlanner {

    /** From here on people are told that the news is late. */
    private static final Duration LATE_AFTER = Duration.ofMinutes(5);

    private final NotifyContext context;
    private final NotificationScheduler scheduler;
    private final MuteHandler muteHandler;

    NotificationPlanner(NotifyContext bureau, NotificationScheduler telling) {
        this.context = bureau;
        this.scheduler = telling;
        this.muteHandler = new MuteHandler(bureau, telling);
    }

    void plan(Collection<DetectedIncident> changed, Instant now) {
        Map<LaneIncident.Aftermath, List<LaneIncident>> lists = new LinkedHashMap<>();
        changed.stream().filter(about -> !about.isOpen()).forEach(about -> closed(about, now));
        for (DetectedIncident about : changed) {
            if (about.isOpen()) {
                LaneIncident.@Nullable Aftermath after =
                        begins(about) && about.mute() == null && about instanceof LaneIncident lane
                                ? lane.aftermath()
                                : null;
                if (after != null) {
                    lists.computeIfAbsent(after, same -> new ArrayList<>()).add((LaneIncident) about);
                } else {
                    open(about, now);
                }
            }
        }
        lists.forEach((after, lanes) -> notifyGrouped(after, lanes, now));
    }

    private boolean begins(DetectedIncident about) {
        return !context.responseTo(about).isOpen();
    }

    private void open(DetectedIncident about, Instant now) {
        ResponseState care = context.responseTo(about);
        if (muteHandler.handle(about, now)) {
            scheduler.showEvidence(about, now);
        } else if (!care.isOpen()) {
            begin(about, care, now);
        } else if (care.ownerChanged(about)) {
            ownerChanged(about, care, now);
        } else {
            scheduler.showEvidence(about, now);
        }
        checkNeed(about, care, now);
        LaneIncident.NewBranch reach = about instanceof LaneIncident lane ? lane.newBranch() : null;
        if (reach != null
                && care.addBranch(reach)
                && care.wasAnnounced()
                && care.pending() == null
                && care.mute() == null) {
            String reason = "reached another branch: " + reach.branch();
            scheduler.schedule(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.REMINDED, NotificationText.reminded(about, reason), reason),
                    now);
        }
        if (care.foldInto(about.foldedInto())) {
            String reason = "an outage has come up that explains it";
            String outage = context.incidents()
                    .apply(String.valueOf(about.foldedInto()))
                    .map(DetectedIncident::title)
                    .orElse("");
            scheduler.edit(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.FOLDED,
                            NotificationText.folded(about, String.valueOf(about.foldedInto()), outage),
                            reason),
                    now);
        }
    }

    /** Whoever was told to do one thing is told if it is another by now. */
    private void checkNeed(DetectedIncident about, ResponseState care, Instant now) {
        boolean other = care.ownership().needChanged(about);
        boolean changed = care.ownership().reasonChanged(about);
        if (other && care.snoozedUntil() == null) {
            boolean heard = care.wasAnnounced();
            scheduler.withdrawPending(care, SuppressionReason.KNOWN_BETTER, "it needs something else by now");
            scheduler.schedule(
                    about,
                    NotificationScheduler.Draft.of(
                            heard ? NotificationKind.REMINDED : NotificationKind.OPENED,
                            NotificationText.opened(about),
                            about.why()),
                    now);
        } else if (other || changed) {
            scheduler.edit(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.CHANGED, NotificationText.opened(about), about.why()),
                    now);
        }
    }

    private void begin(DetectedIncident about, ResponseState care, Instant now) {
        care.begin(about);
        care.ownership().needChanged(about);
        care.ownership().reasonChanged(about);
        if (care.wasAnnounced() && about.kind() == IncidentKind.BUMP) {
            String reason = "it needs somebody again: " + about.why();
            scheduler.schedule(
                    about,
                    NotificationScheduler.Draft.of(NotificationKind.REMINDED, NotificationText.opened(about), reason),
                    now);
            return;
        }
        if (care.wasAnnounced()) {
            care.restart(now);
            scheduler.awaitAcknowledgement(about);
            scheduler.scheduleHandoffCheck(about, now);
            String reason = "it is red again: " + about.why();
            scheduler.edit(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.CHANGED, NotificationText.reminded(about, reason), reason),
                    now);
            return;
        }
        scheduler.schedule(
                about,
                new NotificationScheduler.Draft(
                        NotificationKind.OPENED,
                        NotificationText.opened(about),
                        reasons(about, about.why(), now),
                        List.of()),
                now);
    }

    private static List<String> reasons(DetectedIncident about, String reason, Instant now) {
        List<String> reasons = new ArrayList<>(about.diagnosis().trace());
        reasons.remove(reason);
        reasons.add(reason);
        if (about.openSince().plus(LATE_AFTER).isBefore(now)) {
            reasons.add("late: this has been so since " + about.openSince() + " and was seen only now");
        }
        return reasons;
    }

    private void ownerChanged(DetectedIncident about, ResponseState care, Instant now) {
        String reason = "it is " + care.diagnosis(about).cause().value() + " of "
                + care.diagnosis(about).sig() + ", area "
                + care.diagnosis(about).area() + ", by what is known now";
        if (care.pending() != null && !care.wasAnnounced()) {
            scheduler.withdrawPending(care, SuppressionReason.KNOWN_BETTER, reason);
            scheduler.schedule(
                    about,
                    NotificationScheduler.Draft.of(NotificationKind.OPENED, NotificationText.opened(about), reason),
                    now);
        } else {
            scheduler.edit(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.CHANGED, NotificationText.reminded(about, reason), reason),
                    now);
        }
        care.recordAnnounced(about);
    }

    private void notifyGrouped(LaneIncident.Aftermath after, List<LaneIncident> lanes, Instant now) {
        List<LaneIncident> fresh = new ArrayList<>();
        List<LaneIncident> again = new ArrayList<>();
        for (LaneIncident lane : lanes) {
            ResponseState care = context.responseTo(lane);
            care.begin(lane);
            context.decisions().touch(lane.id());
            (care.wasAnnounced() ? again : fresh).add(lane);
        }
        List<LaneIncident> all = new ArrayList<>(fresh);
        all.addAll(again);
        LaneIncident first = all.getFirst();
        List<String> others = all.stream().skip(1).map(DetectedIncident::id).toList();
        scheduler.schedule(
                first,
                new NotificationScheduler.Draft(
                        fresh.isEmpty() ? NotificationKind.REMINDED : NotificationKind.OPENED,
                        NotificationText.stillRed(after.title(), all),
                        List.of("the outage " + after.outage() + " is over, and these lanes fail all the same"),
                        others),
                now);
        others.forEach(other -> context.decisions()
                .addMention(
                        other,
                        context.decisions()
                                .notificationAbout(List.of(first.id()))
                                .orElseThrow()));
    }

    /** It is over: nobody waits for an answer any more, and who was told hears of it. */
    private void closed(DetectedIncident about, Instant now) {
        ResponseState care = context.responseTo(about);
        if (!care.isOpen()) {
            return;
        }
        care.end();
        scheduler.cancelTimers(about);
        scheduler.withdrawPending(care, SuppressionReason.HEALED, about.whyOver() + ", before anybody was told");
        announceResolved(about, now);
    }

    /** Says that it is over, if people have heard of it. */
    void announceResolved(DetectedIncident about, Instant now) {
        String why = about.whyOver();
        if (!about.isOpen()) {
            scheduler.edit(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.RESOLVED, NotificationText.resolved(about, why), why),
                    now);
        }
    }
}
