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
import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Route;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tells whoever is responsible for an area, a SIG or a job that somebody wants help. */
final class TellClerk {

    private static final String ASKED = "asked";

    private final Knowledge knowledge;
    private final IncidentDesk desk;

    TellClerk(Knowledge knowledge, IncidentDesk desk) {
        this.knowledge = knowledge;
        this.desk = desk;
    }

    Reply tell(Request.Tell request, Facts facts) {
        return switch (knowledge.targets().find(request.target())) {
            case Target.OfArea(String area) -> told(facts, ofArea(area, "the area was named"), area, request.words());
            case Target.OfSig(io.kubevirt.cinotify.roster.Sig sig) ->
                told(
                        facts,
                        ofSig(sig.shortName(), "the SIG was named"),
                        Targets.sigWord(sig.shortName()),
                        request.words());
            case Target.OfJob(Job job) -> told(facts, ofJob(job), job.name(), request.words());
            case Target.Several(List<String> jobs) -> several(facts, request, jobs);
            case Target.Unknown(List<String> nearest) -> unknown(facts, request, nearest);
        };
    }

    /** An issue says by its labels whose it is; without a word of that it goes to those who support. */
    Reply askOnIssue(Facts facts) {
        for (String label : facts.conversation().labels()) {
            String word = label.startsWith("sig/") || label.startsWith("area/") ? label : "";
            Optional<Diagnosis> named =
                    switch (knowledge.targets().find(word.isEmpty() ? label : word)) {
                        case Target.OfArea(String area) -> Optional.of(ofArea(area, "the issue has its label"));
                        case Target.OfSig(io.kubevirt.cinotify.roster.Sig sig)
                        when !word.isEmpty() -> Optional.of(ofSig(sig.shortName(), "the issue has its label"));
                        default -> Optional.empty();
                    };
            if (named.isPresent()) {
                return told(facts, named.get(), label, "");
            }
        }
        String area = knowledge.supportArea();
        return told(facts, ofArea(area, "the issue has no label of an area or SIG"), area, "");
    }

    private Reply told(Facts facts, Diagnosis diagnosis, String about, String words) {
        Conversation here = facts.conversation();
        String asker = facts.comment().author();
        String title = about + ": help is wanted on " + here.place();
        String why = asked(asker, here) + (words.isEmpty() ? "" : ": " + words);
        Call call = new Call(
                String.join(" ", "request", here.place(), diagnosis.area(), diagnosis.sig(), digest(about + words)),
                title,
                diagnosis,
                why,
                List.of(),
                facts.comment(),
                null);
        IncidentDesk.Raised raised = desk.raise(call);
        Sheet sheet = knowledge.sheet(facts);
        String told = sheet.code(about) + ": " + new Words(sheet).told(raised, facts.now());
        sheet.answer(told + ".")
                .because(diagnosis.trace())
                .because(raised.to().reasons())
                .next("/ci-notify resolve " + raised.incident(), "when it is settled")
                .next("/ci-notify reassign " + raised.incident() + " AREA", "if it is somebody else's");
        return Reply.called(sheet, told).withLabels(here.pull() ? List.of() : labels(diagnosis));
    }

    /** The title of an incident has the place already. */
    static String asked(String asker, Conversation here) {
        return asker + " asks below \"" + here.title() + "\"";
    }

    private static String digest(String text) {
        return Integer.toHexString(text.toLowerCase(java.util.Locale.ROOT).hashCode());
    }

    /** What an issue is to be labelled with: repositories call an area by its name or below {@code area/}. */
    private static List<List<String>> labels(Diagnosis diagnosis) {
        List<String> area = List.of(diagnosis.area(), "area/" + diagnosis.area());
        return diagnosis.hasSig()
                ? List.of(area, List.of("sig/" + diagnosis.sig(), Targets.sigWord(diagnosis.sig())))
                : List.of(area);
    }

    private Diagnosis ofArea(String area, String because) {
        return new Diagnosis(
                area.equals(knowledge.supportArea()) ? Cause.TEST : Cause.INFRASTRUCTURE,
                Diagnosis.NO_SIG,
                area,
                Confidence.HIGH,
                ASKED,
                List.of(Diagnosis.reason(ASKED, because)));
    }

    private Diagnosis ofSig(String sig, String because) {
        return new Diagnosis(
                Cause.TEST,
                sig,
                knowledge.supportArea(),
                Confidence.HIGH,
                ASKED,
                List.of(Diagnosis.reason(ASKED, because)));
    }

    private Diagnosis ofJob(Job job) {
        Route route = knowledge.diagnoser().route(runOf(job));
        return new Diagnosis(
                route.cause(),
                route.sig(),
                route.area(),
                route.confidence(),
                route.rule(),
                List.of("the job " + job.name() + " was named", Diagnosis.reason(route.rule(), route.because())));
    }

    /** A run of a job of which nothing is known but that it is red. */
    static JobRun runOf(Job job) {
        return JobRun.of(job.name(), job.type(), JobState.FAILURE)
                .repository(job.repository())
                .cluster(job.cluster())
                .build();
    }

    private Reply several(Facts facts, Request.Tell request, List<String> jobs) {
        Sheet sheet = knowledge.sheet(facts);
        sheet.answer("several jobs have " + sheet.code(request.target())
                        + " in their names, so nobody was told. Name one:")
                .bullets(jobs.stream()
                        .map(job -> sheet.code("/ci-notify " + job))
                        .toList());
        return Reply.refused(sheet, "several jobs could be meant");
    }

    private Reply unknown(Facts facts, Request.Tell request, List<String> nearest) {
        Sheet sheet = knowledge.sheet(facts);
        String target = Objects.requireNonNull(request.target());
        Words words = new Words(sheet);
        sheet.answer(sheet.code(target) + " is no area, SIG or job that I know, so nobody was told."
                + (nearest.isEmpty() ? "" : " Did you mean " + words.commands("/ci-notify ", nearest) + "?"));
        if (target.startsWith("@")) {
            sheet.paragraph("To call a single person, write to them; I find the person who is responsible.");
        }
        sheet.paragraph("The areas are "
                + words.names(knowledge.areas().stream().sorted().toList()) + "; a SIG is named as in "
                + sheet.code("sig-…") + ".");
        return Reply.refused(sheet, "an unknown word");
    }
}
