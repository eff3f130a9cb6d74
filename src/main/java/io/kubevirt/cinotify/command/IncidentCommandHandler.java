// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import java.util.List;
import java.util.Optional;

/** The commands that change one incident: the one named, or the one that the conversation is about. */
abstract class IncidentCommandHandler implements CommandHandler {

    /** Ends the description of each of these commands. */
    static final String WHERE =
            " Works on an incident's comment or issue, or anywhere with the incident's ID; also in closed"
                    + " conversations.";

    private static final int MAX_SHOWN = 10;

    @Override
    public final CommandReply handle(CommandCall call) {
        Optional<String> id = call.arguments().incidentId();
        if (id.isPresent()) {
            return call.context()
                    .incident(id.get())
                    .map(incident -> checked(incident, call))
                    .orElseGet(() -> askWhich("there is no incident " + id.get(), call));
        }
        List<IncidentView> here = call.incidents().relevant();
        if (here.size() == 1) {
            return checked(here.getFirst(), call);
        }
        return askWhich(
                here.isEmpty()
                        ? "no open incident belongs to this conversation"
                        : "several incidents belong to this conversation",
                call);
    }

    /** Executes the command on an open incident that the author may change. */
    abstract CommandReply handle(IncidentView incident, CommandCall call);

    private CommandReply checked(IncidentView incident, CommandCall call) {
        MarkdownReply reply = call.newReply();
        if (!call.environment().permissions().mayHandle(call.author(), incident.diagnosis())) {
            String sig =
                    incident.diagnosis().hasSig() ? " (" + incident.diagnosis().sig() + ")" : "";
            reply.answer("only " + Permissions.Permission.MANAGE.grantedTo() + sig + " can change incident "
                    + reply.code(incident.id()) + ".");
            return CommandReply.forbidden(reply);
        }
        if (incident.state() != IncidentState.OPEN) {
            reply.answer("incident " + reply.code(incident.id()) + " is already resolved.");
            return CommandReply.refused(reply, "already resolved");
        }
        return handle(incident, call);
    }

    /** @param outcome a part of a sentence, in Markdown */
    static CommandReply execute(IncidentAction action, IncidentView incident, CommandCall call, String outcome) {
        Optional<String> rejection = call.actions().apply(action);
        MarkdownReply reply = call.newReply();
        String subject = "incident " + reply.code(incident.id()) + " (" + reply.escape(incident.title()) + ")";
        if (rejection.isPresent()) {
            reply.answer(subject + " is unchanged: " + reply.escape(rejection.get()) + ".");
            return CommandReply.refused(reply, "rejected");
        }
        reply.answer(subject + ": " + outcome + ".")
                .because(List.of(incident.why()))
                .because(incident.diagnosis().trace())
                .next("/ci-notify explain " + incident.id(), "shows the reasons");
        if (!(action instanceof IncidentAction.Resolve)) {
            reply.next("/ci-notify resolve " + incident.id(), "resolves it");
        }
        return CommandReply.done(reply, reply.code(incident.id()) + ": " + outcome);
    }

    private CommandReply askWhich(String problem, CommandCall call) {
        MarkdownReply reply = call.newReply();
        List<IncidentView> here = call.incidents().relevant();
        List<IncidentView> open = here.isEmpty() ? call.incidents().open() : here;
        reply.answer(reply.escape(problem) + ", so nothing was changed. "
                        + (open.isEmpty()
                                ? "No incident is open."
                                : "Name one, as in "
                                        + reply.code("/ci-notify " + verb() + " "
                                                + open.getFirst().id()) + ":"))
                .bullets(open.stream().limit(MAX_SHOWN).map(reply::incident).toList());
        return CommandReply.refused(reply, "no single incident");
    }
}
