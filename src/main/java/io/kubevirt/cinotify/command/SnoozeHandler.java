// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.roster.Member;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /ci-notify snooze}. */
final class SnoozeHandler extends IncidentCommandHandler {

    private static final CommandHelp.Entry HELP = new CommandHelp.Entry(
            "/ci-notify snooze 4h|until monday|DATE [ID]",
            false,
            "Sends no notifications for the incident until then; notifies again if it is still open." + WHERE,
            List.of("/ci-notify snooze 4h", "/ci-notify snooze until monday", "/ci-notify snooze 2026-12-01"),
            Permissions.Permission.MANAGE);

    @Override
    public String verb() {
        return "snooze";
    }

    @Override
    public CommandHelp.Entry help() {
        return HELP;
    }

    @Override
    CommandReply handle(IncidentView incident, CommandCall call) {
        Optional<Member> member = call.environment().permissions().roster().member(call.author());
        String words = call.arguments().withoutIds();
        Optional<Instant> until =
                new SnoozeTimeParser(call.now(), member.map(Member::schedule).orElse(null)).parse(words);
        if (until.isEmpty()) {
            MarkdownReply reply = call.newReply();
            String problem = words.isEmpty()
                    ? "the time is missing"
                    : reply.code(words) + " is not a time within the next " + SnoozeTimeParser.MAX_SNOOZE.toDays()
                            + " days";
            reply.answer(problem + ". Write " + SnoozeTimeParser.FORMS + ", as in "
                    + reply.code("/ci-notify snooze 4h " + incident.id()) + ".");
            return CommandReply.refused(reply, "invalid time");
        }
        return execute(
                new IncidentAction.Snooze(incident.id(), call.author(), until.get()),
                incident,
                call,
                "snoozed until " + call.environment().markup().timestamp(until.get())
                        + "; you are notified again if it is still open then");
    }
}
