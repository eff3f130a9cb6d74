// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.console;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Formats a message as a paragraph for a terminal. */
final class ConsoleFormatter {
    private static final int MOST_LANES = 8;

    private ConsoleFormatter() {}

    static String format(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage(Notification notification, List<String> why) ->
                format(notification, why);
            case OutgoingMessage.TextMessage textMessage -> formatText(textMessage);
        };
    }

    /** A notification that is deferred to working hours. */
    static String formatDeferred(OutgoingMessage content) {
        return content instanceof OutgoingMessage.IncidentMessage(Notification notification, List<String> why)
                ? formatDeferred(notification, why)
                : format(content);
    }

    /** A deferred notification that is no longer needed. */
    static String formatDropped(OutgoingMessage content) {
        return content instanceof OutgoingMessage.IncidentMessage(Notification notification, List<String> why)
                ? new Paragraph("DROPPED  " + notification.incident().title() + ": "
                                + why.stream()
                                        .filter(reason -> reason.startsWith(OutgoingMessage.WITHDRAWN))
                                        .reduce((earlier, last) -> last)
                                        .map(reason -> reason.substring(OutgoingMessage.WITHDRAWN.length()))
                                        .orElse("no longer needed"))
                        .toString()
                : format(content);
    }

    private static String formatText(OutgoingMessage.TextMessage textMessage) {
        Paragraph text = new Paragraph(textMessage.title());
        text.lines("text", textMessage.markdown().lines().toList());
        return text.toString();
    }

    static String format(Notification notification, List<String> why) {
        String headline =
                notification.kind().name() + "  " + notification.incident().title();
        return notification.kind().interrupts()
                ? actionRequired(headline, notification, why)
                : statusUpdate(headline, notification);
    }

    static String formatDeferred(Notification notification, List<String> why) {
        return actionRequired(
                "DEFERRED until " + notification.at() + "  "
                        + notification.incident().title(),
                notification,
                why);
    }

    /** A notification that needs an action: all that a person needs to start. */
    private static String actionRequired(String headline, Notification notification, List<String> why) {
        IncidentView incident = notification.incident();
        Paragraph text = new Paragraph(headline);
        text.line("notify", person(notification.to()));
        text.line("sig", incident.diagnosis().sig() + sigPerson(notification.to()));
        if (notification.kind() == NotificationKind.HANDOFF) {
            text.lines("what", notification.text().lines().toList());
        } else {
            text.line("what", what(notification));
        }
        text.line("cause", diagnosis(incident));
        text.line("since", incident.since() + pulls(incident) + blocking(incident));
        lanes(text, incident);
        run(text, incident.latest());
        evidence(text, incident);
        known(text, incident.diagnosis().knownIssue());
        String shown = String.join("\n", notification.text(), diagnosis(incident), same(incident));
        text.lines("why", why.stream().filter(reason -> !shown.contains(reason)).toList());
        text.line("incident", incident.id());
        if (notification.to() != null && notification.to().handle() != null) {
            text.line("commands", "/ci-notify ack " + incident.id());
        }
        return text.toString();
    }

    private static String blocking(IncidentView incident) {
        return incident.blocking() ? ", blocks merging" : incident.knownBlocking() ? "" : ", blocking: unknown";
    }

    /** An update that needs no action. */
    private static String statusUpdate(String headline, Notification notification) {
        IncidentView incident = notification.incident();
        Paragraph text = new Paragraph(headline);
        text.line("notified", incident.responsible() == null ? "no member" : incident.responsible());
        text.line("what", what(notification));
        if (notification.kind() == NotificationKind.RESOLVED) {
            text.line("duration", lasted(incident, notification.at()));
        }
        if (notification.kind() == NotificationKind.FOLDED) {
            text.line("outage", Objects.requireNonNullElse(incident.foldedInto(), "an outage"));
        }
        if (notification.kind() == NotificationKind.CHANGED) {
            text.line("cause", diagnosis(incident));
        }
        run(text, incident.latest());
        if (notification.kind() == NotificationKind.CHANGED) {
            evidence(text, incident);
            known(text, incident.diagnosis().knownIssue());
        }
        text.line("incident", incident.id());
        return text.toString();
    }

    /** The text without the title, which is in the headline. */
    private static String what(Notification notification) {
        String title = notification.incident().title();
        return Stream.of(title + ": ", title + " ")
                .filter(notification.text()::startsWith)
                .map(named -> notification.text().substring(named.length()))
                .findFirst()
                .orElse(notification.text());
    }

    private static void known(Paragraph text, @Nullable KnownIssueMatch known) {
        if (known != null) {
            text.line(
                    "known",
                    known.title() + " (owner " + known.owner() + ", until " + known.until() + ") " + known.link()
                            + (known.mute() ? "; notifications are muted until then" : ""));
        }
    }

    private static String diagnosis(IncidentView incident) {
        Diagnosis diagnosis = incident.diagnosis();
        String because = diagnosis.because();
        return unclear(diagnosis) + diagnosis.cause().value() + ", area " + diagnosis.area() + " (confidence "
                + diagnosis.confidence().value() + ", rule " + diagnosis.rule()
                + (because.isEmpty() ? "" : ": " + because) + ")";
    }

    private static String unclear(Diagnosis diagnosis) {
        if (diagnosis.ambiguity() != null) {
            return diagnosis.ambiguity().sentence() + "; for now ";
        }
        return diagnosis.confidence() == Confidence.LOW ? "unclear; for now " : "";
    }

    private static String lasted(IncidentView incident, Instant end) {
        String red =
                incident.runs() == 0 ? "" : ", " + incident.runs() + " red run" + (incident.runs() == 1 ? "" : "s");
        return duration(Duration.between(incident.since(), Objects.requireNonNullElse(incident.closedAt(), end)))
                + red
                + pulls(incident);
    }

    private static void lanes(Paragraph text, IncidentView incident) {
        List<String> shown = incident.lanes().stream().limit(MOST_LANES).toList();
        int more = incident.lanes().size() - shown.size();
        if (!shown.isEmpty()) {
            text.line("lanes", String.join(", ", shown) + (more == 0 ? "" : " and " + more + " more"));
        }
    }

    private static void run(Paragraph text, @Nullable FailedRun run) {
        if (run != null) {
            text.line(
                    "run",
                    (run.url() == null ? "no page" : run.url())
                            + (run.description().isEmpty() ? "" : " \"" + run.description() + "\""));
        }
    }

    private static void evidence(Paragraph text, IncidentView incident) {
        Symptoms symptoms = incident.diagnosis().symptoms();
        if (symptoms == null) {
            if (incident.latest() != null) {
                text.line("evidence", "none yet: the artifacts of the run have not been read");
            }
            return;
        }
        if (symptoms.occurrences() != null) {
            text.line("same", same(incident));
        }
        if (!symptoms.failingTests().isEmpty()) {
            int more = symptoms.failedCount() - 1;
            text.line("test", symptoms.failingTests().getFirst() + (more > 0 ? " and " + more + " more" : ""));
        }
        if (!symptoms.excerpt().isEmpty()) {
            text.lines("log", symptoms.excerpt());
        }
    }

    private static String same(IncidentView incident) {
        Symptoms symptoms = incident.diagnosis().symptoms();
        return symptoms == null || symptoms.occurrences() == null
                ? ""
                : symptoms.occurrences().sentence();
    }

    private static String person(@Nullable Recipient addressee) {
        return addressee == null || addressee.handle() == null || addressee.level() == null
                ? "no member: see why"
                : addressee.handle() + " (" + addressee.level().title() + ")";
    }

    private static String sigPerson(@Nullable Recipient addressee) {
        return addressee == null || addressee.sigPerson() == null ? "" : ", SIG contact: " + addressee.sigPerson();
    }

    private static String pulls(IncidentView incident) {
        return incident.pulls().isEmpty()
                ? ""
                : ", on "
                        + incident.pulls().stream().map(number -> "#" + number).collect(Collectors.joining(", "));
    }

    private static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    /** A headline with labelled lines. Untrusted text cannot move the cursor or change colors. */
    private static final class Paragraph {
        private static final int LABEL_WIDTH = 10;

        /** Code points: more than URLs and descriptions of Prow need. */
        private static final int LONGEST_VALUE = 400;

        private final StringBuilder text = new StringBuilder();

        Paragraph(String headline) {
            text.append("\n● ").append(printable(headline));
        }

        /** A labelled line. */
        void line(String label, String value) {
            text.append("\n  ")
                    .append(label)
                    .append(" ".repeat(LABEL_WIDTH - label.length()))
                    .append(printable(value));
        }

        /** Lines; only the first is labelled. */
        void lines(String label, List<String> values) {
            String shown = label;
            for (String value : values) {
                line(shown, value);
                shown = "";
            }
        }

        @Override
        public String toString() {
            return text.toString();
        }

        /** Control and formatting characters, such as escape sequences, become question marks; long text is cut. */
        private static String printable(String value) {
            StringBuilder shown = new StringBuilder();
            value.codePoints()
                    .limit(LONGEST_VALUE)
                    .map(point -> switch (Character.getType(point)) {
                        case Character.CONTROL,
                                Character.FORMAT,
                                Character.SURROGATE,
                                Character.PRIVATE_USE,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR,
                                Character.UNASSIGNED -> '?';
                        default -> point;
                    })
                    .forEach(shown::appendCodePoint);
            return value.codePointCount(0, value.length()) > LONGEST_VALUE ? shown + "…" : shown.toString();
        }
    }
}
