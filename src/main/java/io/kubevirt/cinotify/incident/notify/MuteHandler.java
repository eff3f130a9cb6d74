// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.SuppressionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Calls nobody because of what somebody already cares for, and speaks when that explains it no more. */
final class MuteHandler {

    private final NotifyContext context;
    private final NotificationScheduler scheduler;

    MuteHandler(NotifyContext bureau, NotificationScheduler telling) {
        this.context = bureau;
        this.scheduler = telling;
    }

    /** Whether an open incident needs no other word: it is muted, or was until now and has been spoken of. */
    boolean handle(DetectedIncident about, Instant now) {
        ResponseState care = context.responseTo(about);
        KnownIssueMatch before = care.isOpen() ? care.mute() : null;
        KnownIssueMatch mute = about.mute();
        if (mute == null) {
            if (before == null) {
                return false;
            }
            endMute(about, before, now);
            return true;
        }
        if (!care.isOpen()) {
            care.begin(about);
        }
        care.mute(mute);
        if (!mute.equals(before)) {
            String reason = mute.sentence();
            scheduler.withdrawPending(care, SuppressionReason.KNOWN_ISSUE, reason);
            scheduler.edit(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.CHANGED, NotificationText.withReason(about, reason), reason),
                    now);
        }
        return true;
    }

    private void endMute(DetectedIncident about, KnownIssueMatch before, Instant now) {
        ResponseState care = context.responseTo(about);
        care.mute(null);
        String reason = "known issue \"" + before.title() + "\" "
                + (before.mutesAt(now) ? "does not explain all of it" : "counted until " + before.until())
                + ", and it is still broken: " + about.why();
        if (isAcknowledgedOrSnoozed(care, now)) {
            scheduler.edit(
                    about,
                    NotificationScheduler.Draft.of(
                            NotificationKind.CHANGED, NotificationText.withReason(about, reason), reason),
                    now);
            return;
        }
        List<String> reasons = new ArrayList<>(about.diagnosis().trace());
        reasons.add(reason);
        boolean known = care.wasAnnounced();
        scheduler.schedule(
                about,
                new NotificationScheduler.Draft(
                        known ? NotificationKind.REMINDED : NotificationKind.OPENED,
                        known ? NotificationText.withReason(about, reason) : NotificationText.opened(about),
                        reasons,
                        List.of()),
                now);
    }

    private static boolean isAcknowledgedOrSnoozed(ResponseState care, Instant now) {
        return care.snoozedUntil() == null
                ? care.acknowledgedBy() != null
                : care.snoozedUntil().isAfter(now);
    }
}
