// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import java.util.List;
import java.util.Optional;

/** {@code /ci-notify TARGET text}: opens an incident for whoever is responsible for an area, a SIG or a job. */
final class NotifyHandler extends CommandHandler {
    NotifyHandler() {
        super(
                "tell",
                List.of(),
                new CommandHelp.Entry(
                        "/ci-notify AREA|SIG|JOB [text]",
                        true,
                        "Notifies whoever is responsible for an area, a SIG or a job, with the text and a link. On an"
                                + " issue, also sets the labels of the area and the SIG if the repository has them.",
                        List.of(
                                "/ci-notify prow tide does not merge",
                                "/ci-notify sig-example our lane cannot pull images"),
                        Permission.NOTIFY));
    }

    private static final String RULE = "asked";

    @Override
    String identity(Call call) {
        return call.arguments().first() + " "
                + String.join(" ", Whitespace.words(call.arguments().text()));
    }

    @Override
    Reply handle(Call call) {
        String target = call.arguments().first();
        String text = call.arguments().text();
        return switch (call.find(target)) {
            case Target.OfArea(String area) ->
                notifyResponsible(call, ofArea(call, area, "the area was named"), area, text);
            case Target.OfSig(Sig sig) ->
                notifyResponsible(
                        call,
                        ofSig(call, sig.shortName(), "the SIG was named"),
                        TargetResolver.sigName(sig.shortName()),
                        text);
            case Target.OfJob(Job job) -> notifyResponsible(call, ofJob(call, job), job.name(), text);
            case Target.Several(List<String> jobs) ->
                severalJobs(call, target, jobs, "/ci-notify ", ", so nobody was notified");
            case Target.Unknown(List<String> nearest) -> unknown(call, target, nearest);
        };
    }

    /** The labels of an issue name its area or SIG; without such a label the support area is responsible. */
    static Reply triageIssue(Call call) {
        for (String label : call.conversation().labels()) {
            String word = label.startsWith("sig/") || label.startsWith("area/") ? label : "";
            Optional<Diagnosis> named =
                    switch (call.find(word.isEmpty() ? label : word)) {
                        case Target.OfArea(String area) -> Optional.of(ofArea(call, area, "the issue has its label"));
                        case Target.OfSig(Sig sig)
                        when !word.isEmpty() -> Optional.of(ofSig(call, sig.shortName(), "the issue has its label"));
                        default -> Optional.empty();
                    };
            if (named.isPresent()) {
                return notifyResponsible(call, named.get(), label, "");
            }
        }
        String area = call.environment().supportArea();
        return notifyResponsible(call, ofArea(call, area, "the issue has no label of an area or SIG"), area, "");
    }

    private static Reply notifyResponsible(Call call, Diagnosis diagnosis, String about, String text) {
        Conversation here = call.conversation();
        String author = call.author();
        String title = about + ": help is wanted on " + here.reference();
        String why = requestedBy(author, here) + (text.isEmpty() ? "" : ": " + text);
        IncidentActions.Request request = new IncidentActions.Request(
                String.join(" ", "request", here.reference(), diagnosis.area(), diagnosis.sig(), digest(about + text)),
                title,
                diagnosis,
                why,
                List.of(),
                call.context().comment(),
                null);
        IncidentActions.Opened opened = call.actions().open(request);
        MarkdownReply reply = call.newReply();
        String notified = reply.code(about) + ": " + reply.notified(opened, call.now());
        reply.answer(notified + ".")
                .because(diagnosis.trace())
                .because(opened.recipient().reasons())
                .next("/ci-notify resolve " + opened.incident(), "resolves it")
                .next("/ci-notify reassign " + opened.incident() + " AREA", "reassigns it");
        return Reply.notified(reply, notified).withLabels(here.pull() ? List.of() : labels(diagnosis));
    }

    /** Without the conversation, which the title of the incident names. */
    static String requestedBy(String author, Conversation here) {
        return author + " asks in \"" + here.title() + "\"";
    }

    private static String digest(String text) {
        return Integer.toHexString(text.toLowerCase(java.util.Locale.ROOT).hashCode());
    }

    /** The labels for an issue; repositories name the label of an area {@code prow} or {@code area/prow}. */
    private static List<List<String>> labels(Diagnosis diagnosis) {
        List<String> area = List.of(diagnosis.area(), "area/" + diagnosis.area());
        return diagnosis.hasSig()
                ? List.of(area, List.of("sig/" + diagnosis.sig(), TargetResolver.sigName(diagnosis.sig())))
                : List.of(area);
    }

    private static Diagnosis ofArea(Call call, String area, String reason) {
        return new Diagnosis(
                area.equals(call.environment().supportArea()) ? Cause.TEST : Cause.INFRASTRUCTURE,
                Diagnosis.NO_SIG,
                area,
                Confidence.HIGH,
                RULE,
                List.of(Diagnosis.reason(RULE, reason)));
    }

    private static Diagnosis ofSig(Call call, String sig, String reason) {
        return new Diagnosis(
                Cause.TEST,
                sig,
                call.environment().supportArea(),
                Confidence.HIGH,
                RULE,
                List.of(Diagnosis.reason(RULE, reason)));
    }

    private static Diagnosis ofJob(Call call, Job job) {
        Route route = call.environment().diagnoser().route(job);
        return new Diagnosis(
                route.cause(),
                route.sig(),
                route.area(),
                route.confidence(),
                route.rule(),
                List.of("the job " + job.name() + " was named", Diagnosis.reason(route.rule(), route.because())));
    }

    static JobRun runOf(Job job) {
        return JobRun.builder(job.name(), job.type(), JobState.FAILURE)
                .repository(job.repository())
                .cluster(job.cluster())
                .build();
    }

    private static Reply unknown(Call call, String target, List<String> nearest) {
        MarkdownReply reply = call.newReply();
        reply.answer(reply.code(target) + " is not an area, a SIG or a job, so nobody was notified."
                + (nearest.isEmpty() ? "" : " Did you mean " + reply.commands("/ci-notify ", nearest) + "?"));
        if (target.startsWith("@")) {
            reply.paragraph("To notify one person, mention them; this command notifies whoever is on duty.");
        }
        reply.paragraph("The areas are "
                + reply.names(call.environment().areas().stream().sorted().toList()) + "; write a SIG as "
                + reply.code("sig-…") + ".");
        return Reply.refused(reply, "unknown target");
    }
}
