// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.diagnosis.FailureOccurrences;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.Assignment;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.RunExtent;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Sample notifications to validate templates with. */
public final class SampleMessages {
    private static final Instant THEN = Instant.parse("2026-11-16T09:30:00Z");

    private SampleMessages() {}

    /** The models that a template of this name may get. */
    static List<MessageModel> models(String name) {
        MessageModelFactory views = new MessageModelFactory(
                Links.of(List.of(new LinkTemplate("job history", "https://prow.example.org/job-history/{directory}"))),
                handle -> "U0123456");
        List<NotificationKind> kinds = Arrays.stream(NotificationKind.values())
                .filter(kind -> TemplateSet.root(kind).equals(name))
                .toList();
        return (kinds.isEmpty() ? List.of(NotificationKind.values()) : kinds)
                .stream()
                        .flatMap(kind -> List.of(full(kind), unclear(kind), request(kind), bare(kind)).stream())
                        .map(views::create)
                        .toList();
    }

    /** With all values. */
    public static Notification full(NotificationKind kind) {
        boolean over = kind == NotificationKind.RESOLVED;
        IncidentView incident = new IncidentView(
                "inc-4f1c",
                IncidentKind.LANE,
                "example/net pull-e2e-sig-net",
                over ? IncidentState.RESOLVED : IncidentState.OPEN,
                diagnosis(),
                true,
                List.of("pull-e2e-k8s-1.35-sig-net", "pull-e2e-k8s-1.36-sig-net"),
                THEN,
                over ? THEN.plus(Duration.ofHours(5)) : null,
                7,
                List.of(101, 105, 117),
                kind == NotificationKind.FOLDED ? "inc-77aa" : null,
                "red on 3 of 5 pull requests (60 %) within 24 h",
                "robin",
                null,
                null,
                run(),
                null,
                THEN.minus(Duration.ofMinutes(18)),
                over ? "passing again" : null,
                THEN,
                null,
                "sig-net e2e",
                new RunExtent(13, THEN.minus(Duration.ofMinutes(95)), "++++-+----"),
                assignment());
        return new Notification(
                "inc-4f1c-" + kind.value() + "-1",
                kind,
                THEN,
                THEN,
                incident,
                kind.interrupts() ? addressee() : null,
                "example/net pull-e2e-sig-net: details of the notification (" + kind.value() + ")"
                        + (kind == NotificationKind.HANDOFF
                                ? "\n" + THEN + ": robin was notified\n7 red runs in all"
                                : ""));
    }

    private static Assignment assignment() {
        return new Assignment(
                Level.PRIMARY,
                "alex",
                THEN.plus(Duration.ofMinutes(390)),
                addressee().reasons(),
                null);
    }

    /** Only mandatory values. */
    public static Notification bare(NotificationKind kind) {
        IncidentView incident = new IncidentView(
                "inc-9b02",
                IncidentKind.MISSING_RUN,
                "periodic-livez",
                kind == NotificationKind.RESOLVED ? IncidentState.RESOLVED : IncidentState.OPEN,
                new Diagnosis(Cause.CONFIG, Diagnosis.NO_SIG, "operations", Confidence.HIGH, "late", List.of()),
                false,
                List.of(),
                THEN,
                null,
                0,
                List.of(),
                null,
                "no start since two intervals",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Notification("inc-9b02-" + kind.value(), kind, THEN, THEN, incident, null, "periodic-livez is late");
    }

    /** Ambiguous, and the artifacts have not been read. */
    public static Notification unclear(NotificationKind kind) {
        Diagnosis diagnosis = ambiguous();
        IncidentView incident = new IncidentView(
                "inc-51de",
                IncidentKind.LANE,
                "example/net pull-e2e-sig-net",
                kind == NotificationKind.RESOLVED ? IncidentState.RESOLVED : IncidentState.OPEN,
                diagnosis,
                false,
                List.of("pull-e2e-k8s-1.36-sig-net"),
                THEN,
                null,
                1,
                List.of(117),
                null,
                "red on 3 of 5 pull requests (60 %) within 24 h",
                null,
                null,
                null,
                run(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Notification(
                "inc-51de-" + kind.value(),
                kind,
                THEN,
                THEN,
                incident,
                null,
                "example/net pull-e2e-sig-net is broken: red on 3 of 5 pull requests (60 %) within 24 h");
    }

    private static Diagnosis ambiguous() {
        return new Diagnosis(
                Cause.TEST,
                "network",
                "sig-support",
                Confidence.LOW,
                "named",
                List.of("rule named: its name says so"),
                null,
                new Ambiguity(
                        "a cause that its lanes share (area operations), as 6 lanes of this pull request are failing",
                        "the change itself (SIG network)"),
                null);
    }

    /** A request for help. */
    public static Notification request(NotificationKind kind) {
        String title = "prow: help is wanted on example/net#117";
        String why = "alex asks below \"Make it better\": the queue is stuck";
        IncidentView incident = new IncidentView(
                "inc-0a17",
                IncidentKind.REQUEST,
                title,
                kind == NotificationKind.RESOLVED ? IncidentState.RESOLVED : IncidentState.OPEN,
                new Diagnosis(
                        Cause.INFRASTRUCTURE,
                        Diagnosis.NO_SIG,
                        "prow",
                        Confidence.HIGH,
                        "asked",
                        List.of(Diagnosis.reason("asked", "the area was named"))),
                false,
                List.of(),
                THEN,
                null,
                0,
                List.of(),
                null,
                why,
                "robin",
                null,
                null,
                null,
                "example/net#117",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Notification(
                "inc-0a17-" + kind.value(), kind, THEN, THEN, incident, addressee(), title + ": " + why);
    }

    private static Diagnosis diagnosis() {
        return new Diagnosis(
                Cause.TEST,
                "network",
                "sig-support",
                Confidence.HIGH,
                "failing-tests",
                List.of("rule failing-tests: most failing tests are of sig-net"),
                new Symptoms(
                        "timed out after *s",
                        List.of("Timed out after 360.001s.", "Expected the second NIC to have an address"),
                        "https://prow.example.org/view/gs/ci/pr-logs/pull/example_net/117/e2e/1990#build-log:812",
                        List.of("[sig-net] hotplug should attach a second NIC"),
                        3,
                        "node07",
                        new FailureOccurrences(7, 4, 3, THEN.minus(Duration.ofHours(20)), 21)),
                null,
                new KnownIssueMatch(
                        "second NIC gets no address",
                        "alex",
                        "https://github.com/example/net/issues/12",
                        LocalDate.of(2026, 12, 24),
                        false));
    }

    private static FailedRun run() {
        return new FailedRun(
                "example/net",
                "pull-e2e-k8s-1.36-sig-net",
                JobType.PRESUBMIT,
                117,
                "1990",
                "https://prow.example.org/view/gs/ci/pr-logs/pull/example_net/117/pull-e2e-k8s-1.36-sig-net/1990",
                "Job failed.",
                THEN,
                false);
    }

    private static Recipient addressee() {
        return new Recipient(
                "robin",
                Level.PRIMARY,
                THEN,
                "alex",
                false,
                List.of("robin is primary for sig-support", "it is Monday 10:30 in Europe/Berlin, within 09:00-17:00"));
    }
}
