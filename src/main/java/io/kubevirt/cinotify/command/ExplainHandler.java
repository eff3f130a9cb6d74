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

/** {@code /ci-notify explain}. */
final class ExplainHandler implements CommandHandler {

    private static final int MAX_SHOWN = 10;

    private static final CommandHelp.Entry HELP = new CommandHelp.Entry(
            "/ci-notify explain [JOB|URL|ID]",
            false,
            "Shows the diagnosis of a job, a run, an incident or the failing checks here, who would be notified, and"
                    + " why.",
            List.of("/ci-notify explain", "/ci-notify explain 6c64f78b1d"),
            Permissions.Permission.READ);

    @Override
    public String verb() {
        return "explain";
    }

    @Override
    public CommandHelp.Entry help() {
        return HELP;
    }

    @Override
    public boolean needsChecks() {
        return true;
    }

    @Override
    public CommandReply handle(CommandCall call) {
        String subject = call.arguments().first();
        if (subject.isEmpty()) {
            return here(call);
        }
        if (CommandArguments.isIncidentId(subject)) {
            return call.context()
                    .incident(subject)
                    .map(incident -> incident(incident, call))
                    .orElseGet(() -> unknown(call, subject, List.of()));
        }
        if (subject.contains("://")) {
            return url(subject, call);
        }
        return switch (call.find(subject)) {
            case Target.OfJob(Job job) -> run(NotifyHandler.runOf(job), call);
            case Target.Several(List<String> jobs) -> several(call, subject, jobs);
            case Target.OfArea area -> unknown(call, subject, List.of());
            case Target.OfSig sig -> unknown(call, subject, List.of());
            case Target.Unknown(List<String> nearest) -> unknown(call, subject, nearest);
        };
    }

    private CommandReply here(CommandCall call) {
        MarkdownReply reply = call.newReply();
        if (call.context().failedChecks().isEmpty()) {
            List<IncidentView> relevant = call.incidents().relevant();
            if (relevant.size() == 1) {
                return incident(relevant.getFirst(), call);
            }
            reply.answer("no failing check is known here. Name a job, an incident or the URL of a run, as in "
                    + reply.code("/ci-notify explain JOB") + ".");
            return CommandReply.refused(reply, "nothing to explain");
        }
        reply.answer("the failing checks of this pull request:");
        reply.bullets(call.context().failedChecks().stream()
                .limit(MAX_SHOWN)
                .map(check -> reply.code(check.run().job()) + (check.required() ? "" : " (optional)") + ": "
                        + TriageHandler.describe(reply, check.diagnosis()) + "; "
                        + wouldNotify(reply, check.diagnosis(), call))
                .toList());
        call.context().failedChecks().stream().limit(MAX_SHOWN).forEach(check -> reply.because(
                        List.of(check.run().job() + ":"))
                .because(check.diagnosis().trace()));
        reply.next("/ci-notify", "notifies whoever is responsible");
        return CommandReply.done(reply, "explained");
    }

    private String wouldNotify(MarkdownReply reply, Diagnosis diagnosis, CommandCall call) {
        Recipient to = call.recipient(diagnosis);
        reply.because(to.reasons());
        if (to.handle() == null) {
            return "nobody would be notified";
        }
        return reply.code(to.handle()) + " would be notified"
                + (to.isDeferredAt(call.now()) ? " at " + reply.moment(to.at()) : "");
    }

    private CommandReply run(JobRun run, CommandCall call) {
        Optional<FailedCheck> check = call.context().failedChecks().stream()
                .filter(each -> Objects.equals(each.run().url(), run.url())
                        && each.run().job().equals(run.job()))
                .findFirst();
        Diagnosis diagnosis = check.map(FailedCheck::diagnosis)
                .orElseGet(() -> call.environment().diagnoser().diagnose(run));
        MarkdownReply reply = call.newReply();
        reply.answer("a failure of " + reply.code(run.job()) + " is " + TriageHandler.describe(reply, diagnosis) + "; "
                + wouldNotify(reply, diagnosis, call) + ".");
        reply.bullets(
                call.incidents().ofJob(run.job()).stream().map(reply::incident).toList());
        if (check.isEmpty()) {
            reply.because(List.of("only the job is known; an ordinary test failure is assumed"));
        }
        reply.because(diagnosis.trace()).next("/ci-notify " + run.job() + " text", "notifies them");
        return CommandReply.done(reply, "explained " + reply.code(run.job()));
    }

    private CommandReply url(String runUrl, CommandCall call) {
        return switch (call.environment().urls().read(runUrl)) {
            case RunUrlParseResult.Found(RunUrl url) ->
                run(
                        JobRun.builder(
                                        url.job(),
                                        Objects.requireNonNullElse(url.type(), JobType.PERIODIC),
                                        JobState.FAILURE)
                                .repository(url.repository())
                                .description("Job failed.")
                                .build(url.buildId(), runUrl)
                                .build(),
                        call);
            case RunUrlParseResult.Rejected rejected -> {
                MarkdownReply reply = call.newReply();
                reply.answer(reply.code(runUrl) + " is not the URL of a run in this Prow ("
                        + rejected.reason().value() + "). Use the URL that "
                        + reply.code("Details") + " links to.");
                yield CommandReply.refused(reply, "not the URL of a run");
            }
        };
    }

    private CommandReply incident(IncidentView incident, CommandCall call) {
        MarkdownReply reply = call.newReply();
        reply.answer("incident " + reply.incident(incident) + "; " + TriageHandler.describe(reply, incident.diagnosis())
                        + ".")
                .because(List.of(incident.why()))
                .because(incident.diagnosis().trace());
        if (!incident.lanes().isEmpty()) {
            reply.bullets(
                    incident.lanes().stream().limit(MAX_SHOWN).map(reply::code).toList());
        }
        reply.next("/ci-notify ack " + incident.id(), "acknowledges it");
        return CommandReply.done(reply, "explained " + reply.code(incident.id()));
    }

    private CommandReply several(CommandCall call, String subject, List<String> jobs) {
        MarkdownReply reply = call.newReply();
        reply.answer("the names of several jobs contain " + reply.code(subject) + ". Choose one:")
                .bullets(jobs.stream()
                        .map(job -> reply.code("/ci-notify explain " + job))
                        .toList());
        return CommandReply.refused(reply, "several jobs match");
    }

    private CommandReply unknown(CommandCall call, String subject, List<String> nearest) {
        MarkdownReply reply = call.newReply();
        reply.answer(reply.code(subject) + " is not a job, an open incident or the URL of a run."
                + (nearest.isEmpty() ? "" : " Did you mean " + reply.names(nearest) + "?"));
        return CommandReply.refused(reply, "unknown subject");
    }
}
