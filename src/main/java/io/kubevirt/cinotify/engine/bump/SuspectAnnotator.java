// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.bump;

import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.bump.BumpConfig;
import io.kubevirt.cinotify.bump.SuspectFinder;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Adds the suspected bump to the notifications of an incident; to each one, because a later message replaces the text. */
public record SuspectAnnotator(Config config, Transaction transaction) {
    public OutgoingMessage.IncidentMessage annotate(Decision.Notify notify) {
        Optional<String> suspect = suspect(notify.notification().incident());
        if (suspect.isEmpty()) {
            return new OutgoingMessage.IncidentMessage(notify.notification(), notify.reasons());
        }
        List<String> reasons = new ArrayList<>(notify.reasons());
        if (notify.notification().kind() == NotificationKind.OPENED) {
            reasons.add(suspect.get());
        }
        return new OutgoingMessage.IncidentMessage(notify.notification().withReason(suspect.get()), reasons);
    }

    private Optional<String> suspect(IncidentView incident) {
        BumpConfig bumps = config.file().bumps();
        boolean ofRuns = incident.kind() == IncidentKind.LANE || incident.kind() == IncidentKind.OUTAGE;
        if (bumps == null || !ofRuns) {
            return Optional.empty();
        }
        FailedRun latest = incident.latest();
        SuspectFinder.Breakage broken = new SuspectFinder.Breakage(
                incident.openedAt(),
                counted(incident.kind()),
                incident.lanes(),
                latest == null ? null : latest.repository());
        Instant earliest = incident.openedAt().minus(broken.countingWindow()).minus(bumps.suspectWindow());
        return new SuspectFinder(bumps)
                .find(
                        broken,
                        transaction.bumps().current(earliest).stream()
                                .filter(bump -> mayName(bump, incident))
                                .toList(),
                        transaction.endedRuns()::firstRed);
    }

    /** A private bump is named only in its own repository. */
    private boolean mayName(TrackedBump bump, IncidentView incident) {
        Visibility shown = transaction.visibility().ofRepository(bump.repository());
        return config.visibility(bump.repository(), shown) == Visibility.PUBLIC
                || incident.repository().equals(Optional.of(bump.repository().fullName()));
    }

    /** The longest window in which runs count for such an incident. */
    private Duration counted(IncidentKind kind) {
        Thresholds thresholds = config.thresholds();
        return kind == IncidentKind.OUTAGE
                ? Collections.max(List.of(
                        thresholds.burst().window(), thresholds.clusters().window()))
                : Collections.max(List.of(
                        thresholds.presubmits().window(), thresholds.families().window()));
    }
}
