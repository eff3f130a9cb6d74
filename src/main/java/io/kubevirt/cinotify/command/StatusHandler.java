// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.incident.IncidentView;
import java.util.List;

final class StatusHandler extends CommandHandler {
    StatusHandler() {
        super(
                "status",
                List.of("status"),
                new CommandHelp.Entry(
                        "/ci-notify status",
                        false,
                        "Shows the open incidents that affect this conversation or its repository.",
                        List.of("/ci-notify status"),
                        Permission.READ));
    }

    private static final int MAX_SHOWN = 20;

    @Override
    Reply handle(Call call) {
        CommandContext context = call.context();
        List<IncidentView> here = context.relevantIncidents();
        List<IncidentView> others = context.incidentsInRepository().stream()
                .filter(view -> !here.contains(view))
                .toList();
        MarkdownReply reply = call.newReply();
        boolean chat = context.conversation().isChat();
        if (here.isEmpty() && others.isEmpty()) {
            reply.answer(
                    chat ? "no incident is open." : "no open incident affects this conversation or its repository.");
            context.noteOnWithheld().ifPresent(reply::paragraph);
            return Reply.done(reply, "nothing is open");
        }
        reply.answer(here.isEmpty() ? nothingHere(chat) : here.size() + " open here:");
        list(reply, here);
        if (!others.isEmpty()) {
            reply.paragraph(chat ? "Other open incidents:" : "Elsewhere in the repository:");
            list(reply, others);
        }
        context.noteOnWithheld().ifPresent(reply::paragraph);
        reply.next("/ci-notify explain ID", "shows the reasons").next("/ci-notify ack ID", "acknowledges an incident");
        return Reply.done(reply, here.size() + others.size() + " open");
    }

    private static String nothingHere(boolean chat) {
        return chat ? "no open incident has a message here." : "no open incident affects this conversation itself.";
    }

    private static void list(MarkdownReply reply, List<IncidentView> views) {
        reply.bullets(views.stream().limit(MAX_SHOWN).map(reply::incident).toList());
        if (views.size() > MAX_SHOWN) {
            reply.paragraph("… and " + (views.size() - MAX_SHOWN) + " more.");
        }
    }
}
