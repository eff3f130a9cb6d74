// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tells whoever is responsible for an area, a SIG or a job that somebody wants help. */
final class NotifyHandler {

    private static final String RULE = "asked";

    private final CommandEnvironment environment;
    private final IncidentActions actions;

    NotifyHandler(CommandEnvironment knowledge, IncidentActions desk) {
        this.environment = knowledge;
        this.actions = desk;
    }

    CommandReply handle(Command.Notify request, CommandContext facts) {
        return switch (environment.targets().find(request.target())) {
            case Target.OfArea(String area) ->
                notifyResponsible(facts, ofArea(area, "the area was named"), area, request.text());
            case Target.OfSig(io.kubevirt.cinotify.roster.Sig sig) ->
                notifyResponsible(
                        facts,
                        ofSig(sig.shortName(), "the SIG was named"),
                        TargetResolver.sigName(sig.shortName()),
                        request.text());
            case Target.OfJob(Job job) -> notifyResponsible(facts, ofJob(job), job.name(), request.text());
            case Target.Several(List<String> jobs) -> several(facts, request, jobs);
            case Target.Unknown(List<String> nearest) -> unknown(facts, request, nearest);
        };
    }

    /** An issue says by its labels whose it is; without a word of that it goes to those who support. */
    CommandReply triageIssue(CommandContext facts) {
        for (String label : facts.conversation().labels()) {
            String word = label.startsWith("sig/") || label.startsWith("area/") ? label : "";
            Optional<Diagnosis> named =
                    switch (environment.targets().find(word.isEmpty() ? label : word)) {
                        case Target.OfArea(String area) -> Optional.of(ofArea(area, "the issue has its label"));
                        case Target.OfSig(io.kubevirt.cinotify.roster.Sig sig)
                        when !word.isEmpty() -> Optional.of(ofSig(sig.shortName(), "the issue has its label"));
                        default -> Optional.empty();
                    };
            if (named.isPresent()) {
                return notifyResponsible(facts, named.get(), label, "");
            }
        }
        String area = environment.supportArea();
        return notifyResponsible(facts, ofArea(area, "the issue has no label of an area or SIG"), area, "");
    }

    private CommandReply notifyResponsible(CommandContext facts, Diagnosis diagnosis, String about, String words) {
        Conversation here = facts.conversation();
        String asker = facts.comment().author();
        String title = about + ": help is wanted on " + here.reference();
        String why = requestedBy(asker, here) + (words.isEmpty() ? "" : ": " + words);
        ManualIncident call = new ManualIncident(
                String.join(" ", "request", here.reference(), diagnosis.area(), diagnosis.sig(), digest(about + words)),
                title,
                diagnosis,
                why,
                List.of(),
                facts.comment(),
                null);
        IncidentActions.Opened raised = actions.open(call);
        MarkdownReply sheet = environment.newReply(facts);
        String told = sheet.code(about) + ": " + new ReplyText(sheet).notified(raised, facts.now());
        sheet.answer(told + ".")
                .because(diagnosis.trace())
                .because(raised.recipient().reasons())
                .next("/ci-notify resolve " + raised.incident(), "when it is settled")
                .next("/ci-notify reassign " + raised.incident() + " AREA", "if it is somebody else's");
        return CommandReply.notified(sheet, told).withLabels(here.pull() ? List.of() : labels(diagnosis));
    }

    /** The title of an incident has the place already. */
    static String requestedBy(String asker, Conversation here) {
        return asker + " asks below \"" + here.title() + "\"";
    }

    private static String digest(String text) {
        return Integer.toHexString(text.toLowerCase(java.util.Locale.ROOT).hashCode());
    }

    /** What an issue is to be labelled with: repositories call an area by its name or below {@code area/}. */
    private static List<List<String>> labels(Diagnosis diagnosis) {
        List<String> area = List.of(diagnosis.area(), "area/" + diagnosis.area());
        return diagnosis.hasSig()
                ? List.of(area, List.of("sig/" + diagnosis.sig(), TargetResolver.sigName(diagnosis.sig())))
                : List.of(area);
    }

    private Diagnosis ofArea(String area, String because) {
        return new Diagnosis(
                area.equals(environment.supportArea()) ? Cause.TEST : Cause.INFRASTRUCTURE,
                Diagnosis.NO_SIG,
                area,
                Confidence.HIGH,
                RULE,
                List.of(Diagnosis.reason(RULE, because)));
    }

    private Diagnosis ofSig(String sig, String because) {
        return new Diagnosis(
                Cause.TEST,
                sig,
                environment.supportArea(),
                Confidence.HIGH,
                RULE,
                List.of(Diagnosis.reason(RULE, because)));
    }

    private Diagnosis ofJob(Job job) {
        Route route = environment.diagnoser().route(runOf(job));
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
        return JobRun.builder(job.name(), job.type(), JobState.FAILURE)
                .repository(job.repository())
                .cluster(job.cluster())
                .build();
    }

    private CommandReply several(CommandContext facts, Command.Notify request, List<String> jobs) {
        MarkdownReply sheet = environment.newReply(facts);
        sheet.answer("several jobs have " + sheet.code(request.target())
                        + " in their names, so nobody was told. Name one:")
                .bullets(jobs.stream()
                        .map(job -> sheet.code("/ci-notify " + job))
                        .toList());
        return CommandReply.refused(sheet, "several jobs could be meant");
    }

    private CommandReply unknown(CommandContext facts, Command.Notify request, List<String> nearest) {
        MarkdownReply sheet = environment.newReply(facts);
        String target = Objects.requireNonNull(request.target());
        ReplyText words = new ReplyText(sheet);
        sheet.answer(sheet.code(target) + " is no area, SIG or job that I know, so nobody was told."
                + (nearest.isEmpty() ? "" : " Did you mean " + words.commands("/ci-notify ", nearest) + "?"));
        if (target.startsWith("@")) {
            sheet.paragraph("To call a single person, write to them; I find the person who is responsible.");
        }
        sheet.paragraph("The areas are "
                + words.names(environment.areas().stream().sorted().toList()) + "; a SIG is named as in "
                + sheet.code("sig-…") + ".");
        return CommandReply.refused(sheet, "an unknown word");
    }
}
