// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentView;
import java.util.List;

/** {@code /ci-notify status}. */
final class StatusHandler implements CommandHandler {

    private static final CommandHelp.Entry HELP = new CommandHelp.Entry(
            "/ci-notify status",
            false,
            "Shows the open incidents that affect this conversation or its repository.",
            List.of("/ci-notify status"),
            Permissions.Permission.READ);

    @Override
    public String verb() {
        return "status";
    }

    @Override
    public CommandHelp.Entry help() {
        return HELP;
    }

    private static final int MAX_SHOWN = 20;

    @Override
    public CommandReply handle(CommandCall call) {
        ConversationIncidents incidents = call.incidents();
        List<IncidentView> here = incidents.relevant();
        List<IncidentView> others = incidents.inRepository().stream()
                .filter(view -> !here.contains(view))
                .toList();
        MarkdownReply reply = call.newReply();
        if (here.isEmpty() && others.isEmpty()) {
            reply.answer("no open incident affects this conversation or its repository.");
            return CommandReply.done(reply, "nothing is open");
        }
        reply.answer(
                here.isEmpty() ? "no open incident affects this conversation itself." : here.size() + " open here:");
        list(reply, here);
        if (!others.isEmpty()) {
            reply.paragraph("Elsewhere in the repository:");
            list(reply, others);
        }
        reply.next("/ci-notify explain ID", "shows the reasons").next("/ci-notify ack ID", "acknowledges an incident");
        return CommandReply.done(reply, here.size() + others.size() + " open");
    }

    private static void list(MarkdownReply reply, List<IncidentView> views) {
        reply.bullets(views.stream().limit(MAX_SHOWN).map(reply::incident).toList());
        if (views.size() > MAX_SHOWN) {
            reply.paragraph("… and " + (views.size() - MAX_SHOWN) + " more.");
        }
    }
}
