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

/** A message as a paragraph for a terminal. */
final class ConsoleFormatter {

    private static final int MOST_LANES = 8;

    private ConsoleFormatter() {}

    static String format(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage(Notification message, List<String> why) -> format(message, why);
            case OutgoingMessage.TextMessage letter -> formatText(letter);
        };
    }

    /** It will be said later, to people who are not at work. */
    static String formatDeferred(OutgoingMessage content) {
        return content instanceof OutgoingMessage.IncidentMessage(Notification message, List<String> why)
                ? formatDeferred(message, why)
                : format(content);
    }

    /** It will not be said after all. */
    static String formatDropped(OutgoingMessage content) {
        return content instanceof OutgoingMessage.IncidentMessage(Notification message, List<String> why)
                ? new Paragraph("DROPPED  " + message.incident().title() + ": over before anybody was told").toString()
                : format(content);
    }

    private static String formatText(OutgoingMessage.TextMessage letter) {
        Paragraph text = new Paragraph(letter.title());
        text.lines("text", letter.markdown().lines().toList());
        return text.toString();
    }

    static String format(Notification message, List<String> why) {
        String headline = message.kind().name() + "  " + message.incident().title();
        return message.kind().interrupts() ? actionRequired(headline, message, why) : statusUpdate(headline, message);
    }

    static String formatDeferred(Notification message, List<String> why) {
        return actionRequired(
                "DEFERRED until " + message.at() + "  " + message.incident().title(), message, why);
    }

    /** Somebody must look: all that they need to begin. */
    private static String actionRequired(String headline, Notification message, List<String> why) {
        IncidentView incident = message.incident();
        Paragraph text = new Paragraph(headline);
        text.line("tell", person(message.to()));
        text.line("sig", incident.diagnosis().sig() + sigPerson(message.to()));
        if (message.kind() == NotificationKind.HANDOFF) {
            text.lines("what", message.text().lines().toList());
        } else {
            text.line("what", what(message));
        }
        text.line("read as", diagnosis(incident));
        text.line("since", incident.openedAt() + pulls(incident) + (incident.blocking() ? ", blocks merging" : ""));
        lanes(text, incident);
        run(text, incident.latest());
        evidence(text, incident);
        known(text, incident.diagnosis().knownIssue());
        String said = String.join("\n", message.text(), diagnosis(incident), same(incident));
        text.lines("why", why.stream().filter(reason -> !said.contains(reason)).toList());
        text.line("incident", incident.id());
        if (message.to() != null && message.to().handle() != null) {
            text.line("answer", "/ci-notify ack " + incident.id());
        }
        return text.toString();
    }

    /** What was said before is otherwise now: nobody must do anything. */
    private static String statusUpdate(String headline, Notification message) {
        IncidentView incident = message.incident();
        Paragraph text = new Paragraph(headline);
        text.line("told", incident.responsible() == null ? "nobody by name" : incident.responsible());
        text.line("what", what(message));
        if (message.kind() == NotificationKind.RESOLVED) {
            text.line("after", lasted(incident, message.at()));
        }
        if (message.kind() == NotificationKind.FOLDED) {
            text.line("part of", Objects.requireNonNullElse(incident.foldedInto(), "an outage"));
        }
        if (message.kind() == NotificationKind.CHANGED) {
            text.line("read as", diagnosis(incident));
        }
        run(text, incident.latest());
        if (message.kind() == NotificationKind.CHANGED) {
            evidence(text, incident);
            known(text, incident.diagnosis().knownIssue());
        }
        text.line("incident", incident.id());
        return text.toString();
    }

    /** The headline names it already. */
    private static String what(Notification message) {
        String title = message.incident().title();
        return Stream.of(title + ": ", title + " ")
                .filter(message.text()::startsWith)
                .map(named -> message.text().substring(named.length()))
                .findFirst()
                .orElse(message.text());
    }

    private static void known(Paragraph text, @Nullable KnownIssueMatch known) {
        if (known != null) {
            text.line(
                    "known",
                    known.title() + " until " + known.until() + ", " + known.owner() + ", " + known.link()
                            + (known.mute() ? "; nobody is called until then" : ""));
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
            return diagnosis.ambiguity().sentence() + "; until then ";
        }
        return diagnosis.confidence() == Confidence.LOW ? "unclear; until then " : "";
    }

    private static String lasted(IncidentView incident, Instant end) {
        String red =
                incident.runs() == 0 ? "" : ", " + incident.runs() + " red run" + (incident.runs() == 1 ? "" : "s");
        return duration(Duration.between(incident.openedAt(), Objects.requireNonNullElse(incident.closedAt(), end)))
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

    /** What the artifacts show. */
    private static void evidence(Paragraph text, IncidentView incident) {
        Symptoms symptoms = incident.diagnosis().symptoms();
        if (symptoms == null) {
            if (incident.latest() != null) {
                text.line("evidence", "none so far: the artifacts of the run have not been read");
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
                ? "nobody by name: see why"
                : addressee.handle() + " (" + addressee.level().title() + ")";
    }

    private static String sigPerson(@Nullable Recipient addressee) {
        return addressee == null || addressee.sigPerson() == null ? "" : ", for the SIG: " + addressee.sigPerson();
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
}
