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
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Targets.Target;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RunUrlReading;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Says what is decided about a job, a run or an incident, and why. */
final class ExplainClerk {

    private static final int MOST_SHOWN = 10;

    private final Knowledge knowledge;

    ExplainClerk(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    Reply explain(Request.Explain request, Facts facts) {
        String subject = request.subject();
        if (subject.isEmpty()) {
            return here(facts);
        }
        if (Grammar.isIncident(subject)) {
            return facts.incident(subject)
                    .map(view -> incident(view, facts))
                    .orElseGet(() -> unknown(facts, subject, List.of()));
        }
        if (subject.contains("://")) {
            return page(subject, facts);
        }
        return switch (knowledge.targets().find(subject)) {
            case Target.OfJob(Job job) -> run(TellClerk.runOf(job), facts);
            case Target.Several(List<String> jobs) -> several(facts, subject, jobs);
            case Target.OfArea area -> unknown(facts, subject, List.of());
            case Target.OfSig sig -> unknown(facts, subject, List.of());
            case Target.Unknown(List<String> nearest) -> unknown(facts, subject, nearest);
        };
    }

    private Reply here(Facts facts) {
        Sheet sheet = knowledge.sheet(facts);
        if (facts.reds().isEmpty()) {
            List<IncidentView> spoken = new IncidentsHere(facts).spokenOf();
            if (spoken.size() == 1) {
                return incident(spoken.getFirst(), facts);
            }
            sheet.answer("nothing that I know is red here. Name a job, an incident or the address of a run, as in "
                    + sheet.code("/ci-notify explain JOB") + ".");
            return Reply.refused(sheet, "nothing to explain");
        }
        sheet.answer("what I make of the red checks of this pull request:");
        sheet.bullets(facts.reds().stream()
                .limit(MOST_SHOWN)
                .map(red -> sheet.code(red.run().job()) + (red.required() ? "" : " (optional)") + ": "
                        + AskClerk.whose(sheet, red.diagnosis()) + "; " + whom(sheet, red.diagnosis(), facts))
                .toList());
        facts.reds().stream().limit(MOST_SHOWN).forEach(red -> sheet.because(
                        List.of(red.run().job() + ":"))
                .because(red.diagnosis().trace()));
        sheet.next("/ci-notify", "tells whoever is responsible");
        return Reply.done(sheet, "explained");
    }

    private String whom(Sheet sheet, Diagnosis diagnosis, Facts facts) {
        Addressee to = knowledge.addressing().of(diagnosis, true, facts.now());
        sheet.because(to.reasons());
        if (to.handle() == null) {
            return "nobody would be told";
        }
        return sheet.code(to.handle()) + " would be told"
                + (to.isDeferredAt(facts.now()) ? " at " + sheet.moment(to.at()) : "");
    }

    private Reply run(JobRun run, Facts facts) {
        Optional<Red> red = facts.reds().stream()
                .filter(each -> Objects.equals(each.run().url(), run.url())
                        && each.run().job().equals(run.job()))
                .findFirst();
        Diagnosis diagnosis =
                red.map(Red::diagnosis).orElseGet(() -> knowledge.diagnoser().diagnose(run));
        Sheet sheet = knowledge.sheet(facts);
        sheet.answer("a failure of " + sheet.code(run.job()) + " is " + AskClerk.whose(sheet, diagnosis) + "; "
                + whom(sheet, diagnosis, facts) + ".");
        sheet.bullets(new IncidentsHere(facts)
                .ofJob(run.job()).stream().map(new Words(sheet)::incident).toList());
        if (red.isEmpty()) {
            sheet.because(List.of("this is what the job alone tells, as if it had failed like most do"));
        }
        sheet.because(diagnosis.trace()).next("/ci-notify " + run.job() + " words", "tells them");
        return Reply.done(sheet, "explained " + sheet.code(run.job()));
    }

    private Reply page(String address, Facts facts) {
        return switch (knowledge.urls().read(address)) {
            case RunUrlReading.Found(RunUrl url) ->
                run(
                        JobRun.of(url.job(), Objects.requireNonNullElse(url.type(), JobType.PERIODIC), JobState.FAILURE)
                                .repository(url.repository())
                                .description("Job failed.")
                                .build(url.buildId(), address)
                                .build(),
                        facts);
            case RunUrlReading.Refused refused -> {
                Sheet sheet = knowledge.sheet(facts);
                sheet.answer(sheet.code(address) + " is not the page of a run of this Prow ("
                        + refused.reason().word() + "). Give the address that "
                        + sheet.code("Details") + " leads to.");
                yield Reply.refused(sheet, "not the page of a run");
            }
        };
    }

    private Reply incident(IncidentView view, Facts facts) {
        Sheet sheet = knowledge.sheet(facts);
        sheet.answer("incident " + new Words(sheet).incident(view) + "; " + AskClerk.whose(sheet, view.diagnosis())
                        + ".")
                .because(List.of(view.why()))
                .because(view.diagnosis().trace());
        if (!view.lanes().isEmpty()) {
            sheet.bullets(
                    view.lanes().stream().limit(MOST_SHOWN).map(sheet::code).toList());
        }
        sheet.next("/ci-notify ack " + view.id(), "if you see to it");
        return Reply.done(sheet, "explained " + sheet.code(view.id()));
    }

    private Reply several(Facts facts, String subject, List<String> jobs) {
        Sheet sheet = knowledge.sheet(facts);
        sheet.answer("several jobs have " + sheet.code(subject) + " in their names. Name one:")
                .bullets(jobs.stream()
                        .map(job -> sheet.code("/ci-notify explain " + job))
                        .toList());
        return Reply.refused(sheet, "several jobs could be meant");
    }

    private Reply unknown(Facts facts, String subject, List<String> nearest) {
        Sheet sheet = knowledge.sheet(facts);
        sheet.answer(sheet.code(subject) + " is no job, no open incident and no page of a run that I know."
                + (nearest.isEmpty() ? "" : " Did you mean " + new Words(sheet).names(nearest) + "?"));
        return Reply.refused(sheet, "an unknown word");
    }
}
