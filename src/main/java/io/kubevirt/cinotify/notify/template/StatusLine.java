// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.incident.Assignment;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.template.Fragment.Joined;
import io.kubevirt.cinotify.notify.template.Fragment.Literal;
import io.kubevirt.cinotify.notify.template.Fragment.Untrusted;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The first line of a message: who has the incident, or how it ended. */
final class StatusLine {
    /** Within this time a date would only repeat that of the message. */
    private static final Duration NEAR = Duration.ofHours(12);

    private static final String PASSING = "passing again";

    private final Notification notification;
    private final IncidentView incident;
    private final MessageModel.People people;
    private final @Nullable Assignment assignment;

    StatusLine(Notification notification, MessageModel.People people) {
        this.notification = notification;
        this.incident = notification.incident();
        this.people = people;
        this.assignment = incident.assignment();
    }

    /** Both when the message is decided and when its recipient reads it. */
    static boolean isNear(Instant at, Notification notification) {
        return isNear(at, notification.decidedAt()) && isNear(at, notification.at());
    }

    private static boolean isNear(Instant at, Instant now) {
        return Duration.between(at, now).abs().compareTo(NEAR) < 0;
    }

    Fragment create() {
        if (incident.state().isOver()) {
            return ended();
        }
        if (notification.kind() == NotificationKind.FOLDED) {
            return new Joined(
                    "",
                    new Literal("Part of outage "),
                    new Untrusted(Objects.requireNonNullElse(incident.foldedInto(), "")),
                    new Literal(" · no action needed"));
        }
        return Objects.requireNonNull(Joined.of(" · ", holder(), how(), contact(), blocking()));
    }

    private @Nullable Fragment contact() {
        Fragment sig = incident.diagnosis().hasSig()
                ? new Untrusted("SIG " + incident.diagnosis().sig())
                : null;
        Fragment person = people.sigContact();
        return sig == null ? person : Joined.of(": ", sig, person);
    }

    private @Nullable Fragment blocking() {
        if (incident.kind() != IncidentKind.LANE && incident.kind() != IncidentKind.OUTAGE) {
            return null;
        }
        return incident.blocking()
                ? new Fragment.Strong("blocks merging")
                : new Literal(
                        incident.knownBlocking() ? "does not block merging" : "unknown whether it blocks merging");
    }

    private Fragment holder() {
        Fragment.Person acknowledged = people.acknowledgedBy();
        if (acknowledged != null) {
            boolean snoozed = people.snoozedUntil() != null;
            Instant at = snoozed ? incident.snoozedUntil() : answeredAt();
            return new Joined(
                    "",
                    new Literal(snoozed ? "Snoozed by " : "Acknowledged by "),
                    acknowledged,
                    at == null ? new Literal("") : time(snoozed ? " until " : " at ", at));
        }
        Fragment.Person responsible = people.responsible();
        if (responsible == null && notification.kind() == NotificationKind.ESCALATED) {
            return new Literal("Nobody acknowledged it, and there is no further level");
        }
        if (responsible == null) {
            return new Untrusted("Nobody is on duty for " + incident.diagnosis().area());
        }
        return new Joined("", responsible, duty());
    }

    /** Level and hours. */
    private Fragment duty() {
        String level = people.level() == null ? "" : " " + people.level().toLowerCase(Locale.ROOT);
        if (people.notifyAt() != null) {
            return new Joined(
                    "",
                    new Literal(level + ", notified "),
                    new Fragment.Timestamp(people.notifyAt().at(), false));
        }
        Instant until = assignment == null ? null : assignment.until();
        return until == null || !until.isAfter(notification.decidedAt())
                ? new Literal(level)
                : new Joined("", new Literal(level), time(", on duty until ", until));
    }

    /** How it came to the person. */
    private @Nullable Fragment how() {
        return switch (notification.kind()) {
            case ESCALATED -> people.responsible() == null ? null : new Literal("escalated, not acknowledged in time");
            case HANDOFF -> new Literal("handed off");
            case REMINDED -> new Literal("still open");
            case WORSE -> new Literal("got worse");
            default -> null;
        };
    }

    private Fragment time(String words, Instant at) {
        return new Joined("", new Literal(words), new Fragment.Timestamp(at, isNear(at, notification)));
    }

    private @Nullable Instant answeredAt() {
        return assignment == null ? null : assignment.answeredAt();
    }

    private Fragment ended() {
        Instant end = Objects.requireNonNullElse(incident.closedAt(), notification.at());
        List<String> size = new ArrayList<>();
        size.add((incident.runs() == 0 ? "Open for " : "Broken for ")
                + duration(Duration.between(incident.since(), end)));
        if (!incident.pulls().isEmpty()) {
            size.add(Plural.of(incident.pulls().size(), "PR"));
        }
        if (incident.runs() > 0) {
            size.add(Plural.of(incident.runs(), "failed run"));
        }
        String over = incident.whyOver() == null ? "" : incident.whyOver();
        Fragment.Person by = people.acknowledgedBy();
        Instant answered = answeredAt();
        return Objects.requireNonNull(Joined.of(
                " · ",
                new Literal(String.join(", ", size)),
                over.isEmpty()
                        ? null
                        : new Joined(
                                "", new Untrusted(over), time(over.equals(PASSING) ? " since " : "; closed at ", end)),
                by == null
                        ? null
                        : new Joined(
                                "",
                                new Literal("acknowledged by "),
                                by,
                                new Literal(
                                        answered == null
                                                ? ""
                                                : " after "
                                                        + duration(Duration.between(incident.openedAt(), answered))))));
    }

    static String duration(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min" : time.toMinutes() + " min";
    }

    /** The fact first, then who must act. */
    Fragment pushed(String headline) {
        Fragment.Person person = people.responsible();
        if (person == null || !notification.kind().interrupts()) {
            return new Untrusted(headline);
        }
        return new Joined("", new Untrusted(headline), new Literal(" · yours, "), person);
    }
}
