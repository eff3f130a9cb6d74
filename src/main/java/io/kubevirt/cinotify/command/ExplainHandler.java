// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RunUrlParseResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Says what is decided about a job, a run or an incident, and why. */
final class ExplainHandler {

    private static final int MAX_SHOWN = 10;

    private final CommandEnvironment environment;

    ExplainHandler(CommandEnvironment knowledge) {
        this.environment = knowledge;
    }

    CommandReply handle(Command.Explain request, CommandContext facts) {
        String subject = request.subject();
        if (subject.isEmpty()) {
            return here(facts);
        }
        if (CommandParser.isIncidentId(subject)) {
            return facts.incident(subject)
                    .map(view -> incident(view, facts))
                    .orElseGet(() -> unknown(facts, subject, List.of()));
        }
        if (subject.contains("://")) {
            return page(subject, facts);
        }
        return switch (environment.targets().find(subject)) {
            case Target.OfJob(Job job) -> run(NotifyHandler.runOf(job), facts);
            case Target.Several(List<String> jobs) -> several(facts, subject, jobs);
            case Target.OfArea area -> unknown(facts, subject, List.of());
            case Target.OfSig sig -> unknown(facts, subject, List.of());
            case Target.Unknown(List<String> nearest) -> unknown(facts, subject, nearest);
        };
    }

    private CommandReply here(CommandContext facts) {
        MarkdownReply sheet = environment.newReply(facts);
        if (facts.failedChecks().isEmpty()) {
            List<IncidentView> spoken = new ConversationIncidents(facts).relevant();
            if (spoken.size() == 1) {
                return incident(spoken.getFirst(), facts);
            }
            sheet.answer("nothing that I know is red here. Name a job, an incident or the address of a run, as in "
                    + sheet.code("/ci-notify explain JOB") + ".");
            return CommandReply.refused(sheet, "nothing to explain");
        }
        sheet.answer("what I make of the red checks of this pull request:");
        sheet.bullets(facts.failedChecks().stream()
                .limit(MAX_SHOWN)
                .map(red -> sheet.code(red.run().job()) + (red.required() ? "" : " (optional)") + ": "
                        + TriageHandler.describe(sheet, red.diagnosis()) + "; "
                        + wouldNotify(sheet, red.diagnosis(), facts))
                .toList());
        facts.failedChecks().stream().limit(MAX_SHOWN).forEach(red -> sheet.because(
                        List.of(red.run().job() + ":"))
                .because(red.diagnosis().trace()));
        sheet.next("/ci-notify", "tells whoever is responsible");
        return CommandReply.done(sheet, "explained");
    }

    private String wouldNotify(MarkdownReply sheet, Diagnosis diagnosis, CommandContext facts) {
        Recipient to = environment.recipients().resolve(diagnosis, true, facts.now());
        sheet.because(to.reasons());
        if (to.handle() == null) {
            return "nobody would be told";
        }
        return sheet.code(to.handle()) + " would be told"
                + (to.isDeferredAt(facts.now()) ? " at " + sheet.moment(to.at()) : "");
    }

    private CommandReply run(JobRun run, CommandContext facts) {
        Optional<FailedCheck> red = facts.failedChecks().stream()
                .filter(each -> Objects.equals(each.run().url(), run.url())
                        && each.run().job().equals(run.job()))
                .findFirst();
        Diagnosis diagnosis = red.map(FailedCheck::diagnosis)
                .orElseGet(() -> environment.diagnoser().diagnose(run));
        MarkdownReply sheet = environment.newReply(facts);
        sheet.answer("a failure of " + sheet.code(run.job()) + " is " + TriageHandler.describe(sheet, diagnosis) + "; "
                + wouldNotify(sheet, diagnosis, facts) + ".");
        sheet.bullets(new ConversationIncidents(facts)
                .ofJob(run.job()).stream().map(new ReplyText(sheet)::incident).toList());
        if (red.isEmpty()) {
            sheet.because(List.of("this is what the job alone tells, as if it had failed like most do"));
        }
        sheet.because(diagnosis.trace()).next("/ci-notify " + run.job() + " words", "tells them");
        return CommandReply.done(sheet, "explained " + sheet.code(run.job()));
    }

    private CommandReply page(String address, CommandContext facts) {
        return switch (environment.urls().read(address)) {
            case RunUrlParseResult.Found(RunUrl url) ->
                run(
                        JobRun.builder(
                                        url.job(),
                                        Objects.requireNonNullElse(url.type(), JobType.PERIODIC),
                                        JobState.FAILURE)
                                .repository(url.repository())
                                .description("Job failed.")
                                .build(url.buildId(), address)
                                .build(),
                        facts);
            case RunUrlParseResult.Rejected refused -> {
                MarkdownReply sheet = environment.newReply(facts);
                sheet.answer(sheet.code(address) + " is not the page of a run of this Prow ("
                        + refused.reason().value() + "). Give the address that "
                        + sheet.code("Details") + " leads to.");
                yield CommandReply.refused(sheet, "not the page of a run");
            }
        };
    }

    private CommandReply incident(IncidentView view, CommandContext facts) {
        MarkdownReply sheet = environment.newReply(facts);
        sheet.answer("incident " + new ReplyText(sheet).incident(view) + "; "
                        + TriageHandler.describe(sheet, view.diagnosis()) + ".")
                .because(List.of(view.why()))
                .because(view.diagnosis().trace());
        if (!view.lanes().isEmpty()) {
            sheet.bullets(
                    view.lanes().stream().limit(MAX_SHOWN).map(sheet::code).toList());
        }
        sheet.next("/ci-notify ack " + view.id(), "if you see to it");
        return CommandReply.done(sheet, "explained " + sheet.code(view.id()));
    }

    private CommandReply several(CommandContext facts, String subject, List<String> jobs) {
        MarkdownReply sheet = environment.newReply(facts);
        sheet.answer("several jobs have " + sheet.code(subject) + " in their names. Name one:")
                .bullets(jobs.stream()
                        .map(job -> sheet.code("/ci-notify explain " + job))
                        .toList());
        return CommandReply.refused(sheet, "several jobs could be meant");
    }

    private CommandReply unknown(CommandContext facts, String subject, List<String> nearest) {
        MarkdownReply sheet = environment.newReply(facts);
        sheet.answer(sheet.code(subject) + " is no job, no open incident and no page of a run that I know."
                + (nearest.isEmpty() ? "" : " Did you mean " + new ReplyText(sheet).names(nearest) + "?"));
        return CommandReply.refused(sheet, "an unknown word");
    }
}
