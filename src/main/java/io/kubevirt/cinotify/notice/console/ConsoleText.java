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

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.Incident;
import io.kubevirt.cinotify.incident.IncidentKey;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.Notice;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A notice as a paragraph for a terminal. */
final class ConsoleText {

    private ConsoleText() {}

    static String said(Notice notice, List<String> why) {
        return switch (notice.kind()) {
            case OPENED -> opened("OPENED", notice, why);
            case RESOLVED -> resolved(notice);
        };
    }

    static String deferred(Notice notice, List<String> why) {
        return opened("DEFERRED until " + notice.at(), notice, why);
    }

    private static String opened(String headline, Notice notice, List<String> why) {
        Incident incident = notice.incident();
        Paragraph text = new Paragraph(headline + "  " + incident.key());
        text.line("tell", person(incident.addressee()));
        text.line("sig", incident.diagnosis().sig() + sigPerson(incident.addressee()));
        text.line("what", what(incident, notice.run()));
        text.line("since", incident.openedAt() + pulls(incident) + (incident.blocking() ? ", blocks merging" : ""));
        run(text, notice.run());
        text.lines("why", why);
        text.line("incident", incident.id());
        return text.toString();
    }

    private static String resolved(Notice notice) {
        Incident incident = notice.incident();
        Paragraph text = new Paragraph("RESOLVED  " + incident.key());
        text.line("tell", person(incident.addressee()));
        String red = incident.failures() == 0
                ? ""
                : ", " + incident.failures() + " red run" + (incident.failures() == 1 ? "" : "s");
        text.line(
                "what",
                (incident.key().kind() == IncidentKind.LANE ? "passed again after " : "over after ")
                        + duration(Duration.between(incident.openedAt(), notice.at()))
                        + red
                        + pulls(incident));
        run(text, notice.run());
        text.line("incident", incident.id());
        return text.toString();
    }

    private static String what(Incident incident, @Nullable JobRun run) {
        return (run == null ? "" : run.state().prowName() + " \"" + run.description() + "\", ")
                + wrong(incident.key()) + "read as "
                + incident.diagnosis().cause().word() + ", area "
                + incident.diagnosis().area() + " (confidence "
                + incident.diagnosis().confidence().word() + ", rule "
                + incident.diagnosis().rule() + ")";
    }

    /** What is wrong in words, where no run shows it. */
    private static String wrong(IncidentKey key) {
        return switch (key.kind()) {
            case LANE -> "";
            case MISSING_RUN -> "the job " + key.subject() + " does not start when it should, ";
            case STALLED_CLUSTER -> "the cluster " + key.subject() + " does not start the runs that wait for it, ";
            case SILENT_PROW -> "Prow starts nothing on any cluster, ";
        };
    }

    private static void run(Paragraph text, @Nullable JobRun run) {
        if (run != null) {
            text.line("run", run.url() == null ? "no page" : run.url());
        }
    }

    private static String person(Addressee addressee) {
        return addressee.handle() == null || addressee.level() == null
                ? "nobody: the area has no member who ever works"
                : addressee.handle() + " (" + addressee.level().title() + ")";
    }

    private static String sigPerson(Addressee addressee) {
        return addressee.sigPerson() == null ? "" : ", for the SIG: " + addressee.sigPerson();
    }

    private static String pulls(Incident incident) {
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
