// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import java.util.List;
import java.util.Optional;

/** {@code /ci-notify reassign}; the reassignment is stored as a hint for the routing rules. */
final class ReassignHandler extends IncidentCommandHandler {
    ReassignHandler() {
        super(
                "reassign",
                List.of("reassign"),
                new CommandHelp.Entry(
                        "/ci-notify reassign AREA|SIG|@member [ID]",
                        false,
                        "Reassigns the incident; suggests a routing rule for it." + WHERE,
                        List.of("/ci-notify reassign sig-example", "/ci-notify reassign operations 6c64f78b1d"),
                        Permission.MANAGE));
    }

    private static final int MAX_LANES = 5;

    @Override
    Reply handle(IncidentView incident, Call call) {
        String to = call.arguments().target();
        if (to.startsWith("@")) {
            return toMember(to.substring(1), incident, call);
        }
        return switch (call.find(to)) {
            case Target.OfArea(String area) -> {
                boolean support = area.equals(call.environment().supportArea());
                yield toArea(area, support ? incident.diagnosis().sig() : Diagnosis.NO_SIG, incident, call);
            }
            case Target.OfSig(Sig sig) -> toArea(call.environment().supportArea(), sig.shortName(), incident, call);
            case Target.OfJob job -> unclear(call, to, List.of());
            case Target.Several several -> unclear(call, to, List.of());
            case Target.Unknown(List<String> nearest) -> unclear(call, to, nearest);
        };
    }

    private Reply toMember(String handle, IncidentView incident, Call call) {
        Optional<Member> member = call.environment().permissions().roster().member(handle);
        if (member.isEmpty()) {
            List<String> handles = call.environment().permissions().roster().members().stream()
                    .map(Member::handle)
                    .toList();
            return unclear(
                    call,
                    "@" + handle,
                    ClosestMatch.find(handle, handles)
                            .map(near -> List.of("@" + near))
                            .orElse(List.of()));
        }
        String name = member.get().handle();
        return execute(
                new IncidentAction.Reassign(incident.id(), call.author(), name, null),
                incident,
                call,
                "assigned to " + call.environment().markup().code(name) + ", who is notified during working hours");
    }

    private Reply toArea(String area, String sig, IncidentView incident, Call call) {
        String owner = sig.equals(incident.diagnosis().sig()) || sig.equals(Diagnosis.NO_SIG)
                ? "the area " + call.environment().markup().code(area)
                : "the SIG " + call.environment().markup().code(sig);
        Reply reply = execute(
                new IncidentAction.Reassign(incident.id(), call.author(), null, area, sig),
                incident,
                call,
                "reassigned to " + owner + ". `/ci-notify suggestions` shows a routing rule for it");
        return reply.outcome() == CommandResult.Outcome.DONE
                ? reply.withReassignments(reassignments(area, sig, incident, call))
                : reply;
    }

    private static List<Reassignment> reassignments(String area, String sig, IncidentView incident, Call call) {
        Diagnosis before = incident.diagnosis();
        return incident.lanes().stream()
                .limit(MAX_LANES)
                .map(job -> new Reassignment(
                        call.now(),
                        call.author(),
                        incident.id(),
                        job,
                        incident.latest() == null ? null : incident.latest().repository(),
                        before.rule(),
                        before.sig(),
                        before.area(),
                        sig,
                        area))
                .toList();
    }

    private Reply unclear(Call call, String to, List<String> nearest) {
        MarkdownReply reply = call.newReply();
        List<String> fitting = nearest.stream()
                .filter(word -> !CommandRegistry.VERBS.contains(word))
                .toList();
        reply.answer((to.isEmpty()
                        ? "the new owner is missing. "
                        : reply.code(to) + " is not an area, a SIG or a member of the group. ")
                + (fitting.isEmpty() ? "" : "Did you mean " + reply.names(fitting) + "? ")
                + "Write an area ("
                + reply.names(call.environment().areas().stream().sorted().toList())
                + "), a SIG or a member as " + reply.code("@handle") + ".");
        return Reply.refused(reply, "unknown target");
    }
}
