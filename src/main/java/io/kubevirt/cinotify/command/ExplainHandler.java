// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.CommandContext.FailedCheck;
import io.kubevirt.cinotify.command.CommandContext.RunDecision;
import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.GitHubServer.PullLink;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RunUrlParseResult;
import io.kubevirt.cinotify.text.PastedText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

final class ExplainHandler extends CommandHandler {
    ExplainHandler() {
        super(
                "explain",
                List.of("explain"),
                new CommandHelp.Entry(
                        "/ci-notify explain [JOB|URL|ID]",
                        false,
                        "Shows the diagnosis of a job, a run, an incident or the failing checks here, who would be"
                                + " notified, and why.",
                        List.of("/ci-notify explain", "/ci-notify explain 6c64f78b1d"),
                        Permission.READ));
    }

    private static final int MAX_SHOWN = 10;

    @Override
    boolean needsChecks() {
        return true;
    }

    @Override
    Reply handle(Call call) {
        String subject = call.arguments().subject();
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
            case Target.Several(List<String> jobs) -> severalJobs(call, subject, jobs, "/ci-notify explain ", "");
            case Target.OfArea area -> unknown(call, subject, List.of());
            case Target.OfSig sig -> unknown(call, subject, List.of());
            case Target.Unknown(List<String> nearest) -> unknown(call, subject, nearest);
        };
    }

    private Reply here(Call call) {
        MarkdownReply reply = call.newReply();
        if (call.context().failedChecks().isEmpty()) {
            List<IncidentView> relevant = call.context().relevantIncidents();
            if (relevant.size() == 1) {
                return incident(relevant.getFirst(), call);
            }
            reply.answer("no failing check is known here. Name a job, an incident or the URL of a run, as in "
                    + reply.code("/ci-notify explain JOB") + ".");
            return Reply.refused(reply, "nothing to explain");
        }
        reply.answer("the failing checks of this pull request:");
        reply.bullets(call.context().failedChecks().stream()
                .limit(MAX_SHOWN)
                .map(check ->
                        reply.code(check.run().job()) + optional(check.need()) + ": " + decided(reply, check, call))
                .toList());
        reply.next("/ci-notify", "notifies whoever is responsible");
        return Reply.done(reply, "explained");
    }

    /** The open incident of the check first: it is what was decided. Without one, the decision on the run. */
    private static String decided(MarkdownReply reply, FailedCheck check, Call call) {
        String job = check.run().job();
        reply.because(List.of(job + ":"));
        List<IncidentView> incidents = call.context().incidentsOfJob(job);
        if (!incidents.isEmpty()) {
            incidents.forEach(incident -> reply.because(List.of(incident.why()))
                    .because(incident.diagnosis().trace()));
            return incidents.stream()
                    .map(incident -> incidentLine(reply, incident))
                    .collect(Collectors.joining("; also "));
        }
        RunDecision decision = check.decision();
        String sentence = decision == null ? "this run has not been received yet" : reply.escape(decision.describe());
        reply.because(decision == null ? List.of() : decision.trace())
                .because(check.diagnosis().trace());
        return "no open incident; " + sentence + "; " + TriageHandler.describe(reply, check.diagnosis()) + "; "
                + wouldNotify(reply, check.diagnosis(), check.need(), call);
    }

    private static String incidentLine(MarkdownReply reply, IncidentView incident) {
        return "incident " + reply.incident(incident) + ", " + incident.blockingText() + "; "
                + TriageHandler.describe(reply, incident.diagnosis());
    }

    private static String optional(Need need) {
        return switch (need) {
            case REQUIRED, REQUIRED_IF_PRESENT -> "";
            case OPTIONAL -> " (optional)";
            case UNKNOWN -> " (blocking: unknown)";
        };
    }

    private static String wouldNotify(MarkdownReply reply, Diagnosis diagnosis, Need need, Call call) {
        Recipient to = call.recipient(diagnosis, need.blocks());
        reply.because(to.reasons());
        String incident = "if it becomes an incident"
                + switch (need) {
                    case REQUIRED, REQUIRED_IF_PRESENT -> "";
                    case OPTIONAL -> ", which would not be blocking";
                    case UNKNOWN -> " (blocking: unknown)";
                }
                + ", ";
        return incident
                + (to.handle() == null
                        ? "nobody is notified"
                        : reply.code(to.handle()) + " is notified"
                                + (to.isDeferredAt(call.now()) ? ", now at " + reply.moment(to.at()) : ""));
    }

    private Reply run(JobRun run, Call call) {
        if (!call.context().mayShow().test(run.lane())) {
            return unknown(call, call.arguments().subject(), List.of());
        }
        Optional<FailedCheck> check = call.context().failedChecks().stream()
                .filter(each -> Objects.equals(each.run().url(), run.url())
                        && each.run().job().equals(run.job()))
                .findFirst();
        MarkdownReply reply = call.newReply();
        List<IncidentView> incidents = call.context().incidentsOfJob(run.job());
        if (check.isPresent()) {
            reply.answer("the failed run of " + reply.code(run.job()) + ": " + decided(reply, check.get(), call) + ".");
        } else {
            Diagnosis diagnosis = call.environment().diagnoser().diagnose(run);
            Need need = Need.of(run, call.environment().diagnoser().jobOf(run));
            reply.answer((incidents.isEmpty() ? "no open incident" : incidentLine(reply, incidents.getFirst()))
                            + ". A failure of " + reply.code(run.job()) + " is "
                            + TriageHandler.describe(reply, diagnosis)
                            + (incidents.isEmpty() ? "; " + wouldNotify(reply, diagnosis, need, call) : "") + ".")
                    .because(List.of("only the job is known; an ordinary test failure is assumed"))
                    .because(diagnosis.trace());
        }
        reply.next("/ci-notify " + run.job() + " text", "notifies whoever is responsible");
        return Reply.done(reply, "explained " + reply.code(run.job()));
    }

    private Reply url(String pasted, Call call) {
        String runUrl = PastedText.runUrl(pasted);
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
            case RunUrlParseResult.Rejected rejected
            when PullLink.parse(runUrl).isPresent() ->
                pull(PullLink.parse(runUrl).get(), call);
            case RunUrlParseResult.Rejected rejected -> {
                MarkdownReply reply = call.newReply();
                reply.answer(reply.code(runUrl) + " is not the URL of a run in this Prow ("
                        + rejected.reason().value() + "). Use the URL that "
                        + reply.code("Details") + " links to.");
                yield Reply.refused(reply, "not the URL of a run");
            }
        };
    }

    /** GitHub is asked only about the pull request of the comment. */
    private Reply pull(PullLink link, Call call) {
        if (link.toString().equalsIgnoreCase(call.conversation().reference())) {
            return here(call);
        }
        MarkdownReply reply = call.newReply();
        reply.answer(reply.code(link.toString()) + " is another pull request. Comment "
                + reply.code("/ci-notify explain") + " there, or use the URL that " + reply.code("Details")
                + " of its failed check links to.");
        return Reply.refused(reply, "another pull request");
    }

    private Reply incident(IncidentView incident, Call call) {
        MarkdownReply reply = call.newReply();
        reply.answer(incidentLine(reply, incident) + ".")
                .because(List.of(incident.why()))
                .because(incident.diagnosis().trace())
                .because(call.actions().suspects(incident));
        if (!incident.lanes().isEmpty()) {
            reply.bullets(
                    incident.lanes().stream().limit(MAX_SHOWN).map(reply::code).toList());
        }
        reply.next("/ci-notify ack " + incident.id(), "acknowledges it");
        return Reply.done(reply, "explained " + reply.code(incident.id()));
    }

    private Reply unknown(Call call, String subject, List<String> nearest) {
        MarkdownReply reply = call.newReply();
        reply.answer(reply.code(subject) + " is not a job, an open incident or the URL of a run."
                + (nearest.isEmpty() ? "" : " Did you mean " + reply.names(nearest) + "?"));
        return Reply.refused(reply, "unknown subject");
    }
}
