/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.console;

import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.incident.policy.RedRun;
import io.kubevirt.cinotify.notice.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message as a paragraph for a terminal. */
final class ConsoleText {

    private static final int MOST_LANES = 8;

    private ConsoleText() {}

    static String said(Content content) {
        return switch (content) {
            case Content.IncidentNews(Message message, List<String> why) -> said(message, why);
            case Content.Letter letter -> letter(letter);
        };
    }

    /** It will be said later, to people who are not at work. */
    static String deferred(Content content) {
        return content instanceof Content.IncidentNews(Message message, List<String> why)
                ? deferred(message, why)
                : said(content);
    }

    /** It will not be said after all. */
    static String dropped(Content content) {
        return content instanceof Content.IncidentNews(Message message, List<String> why)
                ? new Paragraph("DROPPED  " + message.incident().title() + ": over before anybody was told").toString()
                : said(content);
    }

    private static String letter(Content.Letter letter) {
        Paragraph text = new Paragraph(letter.title());
        text.lines("text", letter.markdown().lines().toList());
        return text.toString();
    }

    static String said(Message message, List<String> why) {
        String headline = message.kind().name() + "  " + message.incident().title();
        return message.kind().interrupts() ? call(headline, message, why) : edit(headline, message);
    }

    static String deferred(Message message, List<String> why) {
        return call("DEFERRED until " + message.at() + "  " + message.incident().title(), message, why);
    }

    /** Somebody must look: all that they need to begin. */
    private static String call(String headline, Message message, List<String> why) {
        IncidentView incident = message.incident();
        Paragraph text = new Paragraph(headline);
        text.line("tell", person(message.to()));
        text.line("sig", incident.diagnosis().sig() + sigPerson(message.to()));
        if (message.kind() == MessageKind.HANDOFF) {
            text.lines("what", message.text().lines().toList());
        } else {
            text.line("what", what(message));
        }
        text.line("read as", diagnosis(incident));
        text.line("since", incident.openedAt() + pulls(incident) + (incident.blocking() ? ", blocks merging" : ""));
        lanes(text, incident);
        run(text, incident.latest());
        evidence(text, incident);
        known(text, incident.diagnosis().known());
        String said = String.join("\n", message.text(), diagnosis(incident), same(incident));
        text.lines("why", why.stream().filter(reason -> !said.contains(reason)).toList());
        text.line("incident", incident.id());
        if (message.to() != null && message.to().handle() != null) {
            text.line("answer", "/ci-notify ack " + incident.id());
        }
        return text.toString();
    }

    /** What was said before is otherwise now: nobody must do anything. */
    private static String edit(String headline, Message message) {
        IncidentView incident = message.incident();
        Paragraph text = new Paragraph(headline);
        text.line("told", incident.responsible() == null ? "nobody by name" : incident.responsible());
        text.line("what", what(message));
        if (message.kind() == MessageKind.RESOLVED) {
            text.line("after", lasted(incident, message.at()));
        }
        if (message.kind() == MessageKind.FOLDED) {
            text.line("part of", Objects.requireNonNullElse(incident.foldedInto(), "an outage"));
        }
        if (message.kind() == MessageKind.CHANGED) {
            text.line("read as", diagnosis(incident));
        }
        run(text, incident.latest());
        if (message.kind() == MessageKind.CHANGED) {
            evidence(text, incident);
            known(text, incident.diagnosis().known());
        }
        text.line("incident", incident.id());
        return text.toString();
    }

    /** The headline names it already. */
    private static String what(Message message) {
        String title = message.incident().title();
        return Stream.of(title + ": ", title + " ")
                .filter(message.text()::startsWith)
                .map(named -> message.text().substring(named.length()))
                .findFirst()
                .orElse(message.text());
    }

    private static void known(Paragraph text, @Nullable Known known) {
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
        return unclear(diagnosis) + diagnosis.cause().word() + ", area " + diagnosis.area() + " (confidence "
                + diagnosis.confidence().word() + ", rule " + diagnosis.rule()
                + (because.isEmpty() ? "" : ": " + because) + ")";
    }

    private static String unclear(Diagnosis diagnosis) {
        if (diagnosis.doubt() != null) {
            return diagnosis.doubt().sentence() + "; until then ";
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

    private static void run(Paragraph text, @Nullable RedRun run) {
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
        if (symptoms.same() != null) {
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
        return symptoms == null || symptoms.same() == null
                ? ""
                : symptoms.same().sentence();
    }

    private static String person(@Nullable Addressee addressee) {
        return addressee == null || addressee.handle() == null || addressee.level() == null
                ? "nobody by name: see why"
                : addressee.handle() + " (" + addressee.level().title() + ")";
    }

    private static String sigPerson(@Nullable Addressee addressee) {
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
