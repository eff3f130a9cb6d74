// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import java.util.List;
import java.util.Optional;

/** Gives an incident to somebody else, and remembers what that says about routing. */
final class ReassignHandler {

    private static final int MAX_LANES = 5;

    private final CommandEnvironment environment;
    private final ActionExecutor executor;

    /** Carries a command out and answers. */
    interface ActionExecutor {
        CommandReply execute(IncidentAction command, IncidentView view, CommandContext facts, String outcome);
    }

    ReassignHandler(CommandEnvironment knowledge, ActionExecutor carrier) {
        this.environment = knowledge;
        this.executor = carrier;
    }

    CommandReply handle(Command.Reassign request, IncidentView view, CommandContext facts) {
        String to = request.to();
        if (to.startsWith("@")) {
            return toMember(to.substring(1), view, facts);
        }
        return switch (environment.targets().find(to)) {
            case Target.OfArea(String area) -> {
                boolean support = area.equals(environment.supportArea());
                yield toArea(area, support ? view.diagnosis().sig() : Diagnosis.NO_SIG, view, facts);
            }
            case Target.OfSig(io.kubevirt.cinotify.roster.Sig sig) ->
                toArea(environment.supportArea(), sig.shortName(), view, facts);
            case Target.OfJob job -> unclear(facts, to, List.of());
            case Target.Several several -> unclear(facts, to, List.of());
            case Target.Unknown(List<String> nearest) -> unclear(facts, to, nearest);
        };
    }

    private CommandReply toMember(String handle, IncidentView view, CommandContext facts) {
        Optional<Member> member = environment.permissions().roster().member(handle);
        if (member.isEmpty()) {
            List<String> handles = environment.permissions().roster().members().stream()
                    .map(Member::handle)
                    .toList();
            return unclear(
                    facts,
                    "@" + handle,
                    ClosestMatch.find(handle, handles)
                            .map(near -> List.of("@" + near))
                            .orElse(List.of()));
        }
        String name = member.get().handle();
        return executor.execute(
                new IncidentAction.Reassign(view.id(), facts.comment().author(), name, null),
                view,
                facts,
                "it is with " + environment.markup().code(name) + " now, who is told at work");
    }

    private CommandReply toArea(String area, String sig, IncidentView view, CommandContext facts) {
        String whom = sig.equals(view.diagnosis().sig()) || sig.equals(Diagnosis.NO_SIG)
                ? "the area " + environment.markup().code(area)
                : "the SIG " + environment.markup().code(sig);
        CommandReply reply = executor.execute(
                new IncidentAction.Reassign(view.id(), facts.comment().author(), null, area, sig),
                view,
                facts,
                "it is a matter of " + whom + " now. `/ci-notify suggestions` shows the rule that would have known");
        return reply.outcome() == CommandResult.Outcome.DONE
                ? reply.withReassignments(reassignments(area, sig, view, facts))
                : reply;
    }

    private static List<Reassignment> reassignments(String area, String sig, IncidentView view, CommandContext facts) {
        Diagnosis before = view.diagnosis();
        return view.lanes().stream()
                .limit(MAX_LANES)
                .map(job -> new Reassignment(
                        facts.now(),
                        facts.comment().author(),
                        view.id(),
                        job,
                        view.latest() == null ? null : view.latest().repository(),
                        before.rule(),
                        before.sig(),
                        before.area(),
                        sig,
                        area))
                .toList();
    }

    private CommandReply unclear(CommandContext facts, String to, List<String> nearest) {
        MarkdownReply sheet = environment.newReply(facts);
        List<String> fitting = nearest.stream()
                .filter(word -> !CommandParser.VERBS.contains(word))
                .toList();
        ReplyText words = new ReplyText(sheet);
        sheet.answer((to.isEmpty() ? "to whom? " : sheet.code(to) + " is no area, SIG or member of the group. ")
                + (fitting.isEmpty() ? "" : "Did you mean " + words.names(fitting) + "? ")
                + "Write an area ("
                + words.names(environment.areas().stream().sorted().toList())
                + "), a SIG or a member as " + sheet.code("@handle") + ".");
        return CommandReply.refused(sheet, "an unknown addressee");
    }
}
