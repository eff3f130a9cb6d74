// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.roster.Member;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Does what people want of one incident. */
final class IncidentHandler {

    private static final int MAX_SHOWN = 10;

    private final CommandEnvironment environment;
    private final IncidentActions actions;

    IncidentHandler(CommandEnvironment knowledge, IncidentActions desk) {
        this.environment = knowledge;
        this.actions = desk;
    }

    CommandReply handle(Command.IncidentCommand request, CommandContext facts) {
        if (request.incident() != null) {
            return facts.incident(request.incident())
                    .map(view -> handle(request, view, facts))
                    .orElseGet(() -> askWhich(request, facts, "there is no incident " + request.incident()));
        }
        List<IncidentView> here = new ConversationIncidents(facts).relevant();
        if (here.size() == 1) {
            return handle(request, here.getFirst(), facts);
        }
        return askWhich(
                request,
                facts,
                here.isEmpty() ? "no open incident belongs to this conversation" : "several incidents belong here");
    }

    private CommandReply handle(Command.IncidentCommand request, IncidentView view, CommandContext facts) {
        if (!environment.permissions().mayHandle(facts.comment().author(), view.diagnosis())) {
            return forbidden(view, facts);
        }
        if (view.state() != IncidentState.OPEN) {
            MarkdownReply sheet = environment.newReply(facts);
            sheet.answer("incident " + sheet.code(view.id()) + " is over already.");
            return CommandReply.refused(sheet, "it is over already");
        }
        return switch (request) {
            case Command.Acknowledge ack ->
                execute(new IncidentAction.Acknowledge(view.id(), author(facts)), view, facts, "you see to it");
            case Command.Resolve resolve ->
                execute(new IncidentAction.Resolve(view.id(), author(facts)), view, facts, "it is over");
            case Command.Snooze snooze -> snooze(snooze, view, facts);
            case Command.Reassign reassign ->
                new ReassignHandler(environment, this::execute).handle(reassign, view, facts);
        };
    }

    private CommandReply snooze(Command.Snooze request, IncidentView view, CommandContext facts) {
        Optional<Member> member = environment.permissions().roster().member(author(facts));
        Optional<Instant> until =
                new SnoozeTimeParser(facts.now(), member.map(Member::schedule).orElse(null)).parse(request.until());
        if (until.isEmpty()) {
            MarkdownReply sheet = environment.newReply(facts);
            String said = request.until().isEmpty()
                    ? "no time was given"
                    : sheet.code(request.until()) + " is no time" + " that I understand, or not within "
                            + SnoozeTimeParser.MAX_SNOOZE.toDays() + " days from now";
            sheet.answer(said + ". Write " + SnoozeTimeParser.FORMS + ", as in "
                    + sheet.code("/ci-notify snooze 4h " + view.id()) + ".");
            return CommandReply.refused(sheet, "an unclear time");
        }
        return execute(
                new IncidentAction.Snooze(view.id(), author(facts), until.get()),
                view,
                facts,
                "it is quiet until " + environment.markup().timestamp(until.get())
                        + "; if it is still open then, you hear of it again");
    }

    /** @param outcome a part of a sentence in Markdown */
    CommandReply execute(IncidentAction command, IncidentView view, CommandContext facts, String outcome) {
        Optional<String> refusal = actions.apply(command);
        MarkdownReply sheet = environment.newReply(facts);
        String about = "incident " + sheet.code(view.id()) + " (" + sheet.escape(view.title()) + ")";
        if (refusal.isPresent()) {
            sheet.answer(about + " stays as it is: " + sheet.escape(refusal.get()) + ".");
            return CommandReply.refused(sheet, "it could not be done");
        }
        sheet.answer(about + ": " + outcome + ".")
                .because(List.of(view.why()))
                .because(view.diagnosis().trace())
                .next("/ci-notify explain " + view.id(), "shows why it is one");
        if (!(command instanceof IncidentAction.Resolve)) {
            sheet.next("/ci-notify resolve " + view.id(), "when it is over");
        }
        return CommandReply.done(sheet, sheet.code(view.id()) + ": " + outcome);
    }

    private CommandReply forbidden(IncidentView view, CommandContext facts) {
        MarkdownReply sheet = environment.newReply(facts);
        String sig = view.diagnosis().hasSig() ? " (" + view.diagnosis().sig() + ")" : "";
        sheet.answer("thank you, but " + Permissions.Permission.MANAGE.grantedTo() + sig + " decide about incident "
                + sheet.code(view.id()) + ".");
        return CommandReply.forbidden(sheet);
    }

    private CommandReply askWhich(Command.IncidentCommand request, CommandContext facts, String problem) {
        MarkdownReply sheet = environment.newReply(facts);
        ConversationIncidents incidents = new ConversationIncidents(facts);
        List<IncidentView> here = incidents.relevant();
        List<IncidentView> open = here.isEmpty() ? incidents.open() : here;
        sheet.answer(sheet.escape(problem) + ", so nothing was done. "
                + (open.isEmpty()
                        ? "None is open."
                        : "Name the one you mean, as in "
                                + sheet.code("/ci-notify " + request.verb() + " "
                                        + open.getFirst().id()) + ":"));
        sheet.bullets(open.stream()
                .limit(MAX_SHOWN)
                .map(new ReplyText(sheet)::incident)
                .toList());
        return CommandReply.refused(sheet, "no single incident");
    }

    private static String author(CommandContext facts) {
        return facts.comment().author();
    }
}
