// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.DiagnosisFeedback.Kind;
import io.kubevirt.cinotify.incident.IncidentView;
import java.util.List;

/** {@code /ci-notify wrong-cause} and {@code not-ours}: stores that the diagnosis is wrong, also of a closed incident. */
final class FeedbackHandler extends IncidentCommandHandler {
    private static final ReassignHandler REASSIGN = new ReassignHandler();

    private final Kind kind;

    private FeedbackHandler(Kind kind, CommandHelp.Entry help) {
        super(kind.value(), List.of(kind.value()), help);
        this.kind = kind;
    }

    static FeedbackHandler wrongCause() {
        return new FeedbackHandler(
                Kind.WRONG_CAUSE,
                new CommandHelp.Entry(
                        "/ci-notify wrong-cause [ID]",
                        false,
                        "Stores that the diagnosis names the wrong cause, with its evidence; `/ci-notify suggestions` shows"
                                + " rules that are often wrong." + WHERE,
                        List.of("/ci-notify wrong-cause", "/ci-notify wrong-cause 6c64f78b1d"),
                        Permission.MANAGE));
    }

    static FeedbackHandler notOurs() {
        return new FeedbackHandler(
                Kind.NOT_OURS,
                new CommandHelp.Entry(
                        "/ci-notify not-ours [AREA|SIG|@member] [ID]",
                        false,
                        "Stores that the incident belongs to somebody else. Reassigns an open one first if a new owner is"
                                + " named; if that is refused, nothing is stored."
                                + WHERE,
                        List.of("/ci-notify not-ours", "/ci-notify not-ours sig-example 6c64f78b1d"),
                        Permission.MANAGE));
    }

    @Override
    boolean needsOpenIncident() {
        return false;
    }

    @Override
    Reply handle(IncidentView incident, Call call) {
        boolean reassigns = kind == Kind.NOT_OURS && !call.arguments().target().isEmpty();
        Reply reply = reassigns ? REASSIGN.checked(incident, call) : stored(incident, call);
        if (reply.outcome() == CommandResult.Outcome.DONE) {
            call.actions().add(DiagnosisFeedback.of(incident, kind, call.author(), call.now()));
        }
        return reply;
    }

    private Reply stored(IncidentView incident, Call call) {
        MarkdownReply reply = call.newReply();
        reply.answer("stored for rule " + reply.code(incident.diagnosis().rule()) + ": "
                        + (kind == Kind.NOT_OURS
                                ? "incident " + reply.code(incident.id()) + " belongs to somebody else"
                                : reply.code(incident.diagnosis().cause().value()) + " is not the cause of incident "
                                        + reply.code(incident.id()))
                        + ". Nothing else changed.")
                .because(incident.diagnosis().trace())
                .next("/ci-notify reassign AREA " + incident.id(), "gives it to somebody else");
        return Reply.done(reply, reply.code(incident.id()) + ": " + kind.value());
    }
}
