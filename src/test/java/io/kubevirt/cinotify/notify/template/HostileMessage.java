// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** A message with the same text from outside in every field that has words. */
public record HostileMessage(String x) {

    private static final Instant THEN = Instant.parse("2026-11-16T09:30:00Z");

    public Notification message() {
        return message(NotificationKind.OPENED);
    }

    public Notification message(NotificationKind kind) {
        IncidentView incident = new IncidentView(
                "inc-1",
                IncidentKind.LANE,
                x,
                IncidentState.OPEN,
                new Diagnosis(
                        Cause.TEST,
                        x,
                        x,
                        Confidence.HIGH,
                        x,
                        List.of(x, Diagnosis.reason(x, x)),
                        new Symptoms(x, List.of(x, x), "https://example.org/" + x, List.of(x, x), 9, x),
                        new Ambiguity(x, x),
                        new KnownIssueMatch(x, x, "https://example.org/" + x, LocalDate.of(2026, 12, 24), true)),
                true,
                List.of(x, x),
                THEN,
                null,
                3,
                List.of(1, 2),
                x,
                x,
                x,
                x,
                null,
                new FailedRun(x, x, JobType.PRESUBMIT, 1, x, "https://example.org/" + x, x, THEN, true),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Recipient to = new Recipient(x, Level.PRIMARY, THEN, x, false, List.of(x));
        return new Notification("inc-1-" + kind.value(), kind, THEN, THEN, incident, to, x);
    }
}
