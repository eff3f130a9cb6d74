// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentView;
import java.util.List;

/** Shows what is open here. */
final class StatusHandler {

    private static final int MAX_SHOWN = 20;

    private final CommandEnvironment environment;

    StatusHandler(CommandEnvironment knowledge) {
        this.environment = knowledge;
    }

    CommandReply handle(CommandContext facts) {
        ConversationIncidents incidents = new ConversationIncidents(facts);
        List<IncidentView> touching = incidents.relevant();
        List<IncidentView> others = incidents.inRepository().stream()
                .filter(view -> !touching.contains(view))
                .toList();
        MarkdownReply sheet = environment.newReply(facts);
        if (touching.isEmpty() && others.isEmpty()) {
            sheet.answer("no incident is open that touches this conversation or its repository.");
            return CommandReply.done(sheet, "nothing is open");
        }
        sheet.answer(
                touching.isEmpty()
                        ? "no open incident touches this conversation itself."
                        : touching.size() + " open here:");
        list(sheet, touching);
        if (!others.isEmpty()) {
            sheet.paragraph("Elsewhere in the repository:");
            list(sheet, others);
        }
        sheet.next("/ci-notify explain ID", "shows why").next("/ci-notify ack ID", "if you see to it");
        return CommandReply.done(sheet, touching.size() + others.size() + " open");
    }

    private static void list(MarkdownReply sheet, List<IncidentView> views) {
        sheet.bullets(views.stream()
                .limit(MAX_SHOWN)
                .map(new ReplyText(sheet)::incident)
                .toList());
        if (views.size() > MAX_SHOWN) {
            sheet.paragraph("… and " + (views.size() - MAX_SHOWN) + " more.");
        }
    }
}
