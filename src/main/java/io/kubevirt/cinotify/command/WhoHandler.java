// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.roster.OnCallStatus;
import io.kubevirt.cinotify.roster.Person;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.Sig;
import java.util.List;

/** Says who is responsible now and who is next, and calls nobody. */
final class WhoHandler {

    private final CommandEnvironment environment;

    WhoHandler(CommandEnvironment knowledge) {
        this.environment = knowledge;
    }

    CommandReply handle(Command.Who request, CommandContext facts) {
        MarkdownReply sheet = environment.newReply(facts);
        if (request.target().isEmpty()) {
            sheet.answer("responsible now, and next:")
                    .bullets(roster().areas().stream()
                            .map(area -> onCallText(sheet, area, facts))
                            .toList());
            return done(sheet);
        }
        return switch (environment.targets().find(request.target())) {
            case Target.OfArea(String area) -> {
                sheet.answer(onCallText(sheet, area, facts) + ".");
                yield done(sheet);
            }
            case Target.OfSig(Sig sig) -> sig(sheet, sig, facts);
            case Target.OfJob(io.kubevirt.cinotify.prow.Job job) -> {
                sheet.answer("ask " + sheet.code("/ci-notify explain " + job.name()) + " about a job.");
                yield CommandReply.refused(sheet, "a job, no area");
            }
            case Target.Several several -> unknown(sheet, request, List.of());
            case Target.Unknown(List<String> nearest) -> unknown(sheet, request, nearest);
        };
    }

    private CommandReply sig(MarkdownReply sheet, Sig sig, CommandContext facts) {
        List<String> people = sig.people().stream().map(Person::handle).toList();
        sheet.answer(sheet.code(TargetResolver.sigName(sig.shortName())) + ": "
                + (people.isEmpty() ? "nobody is named for it" : new ReplyText(sheet).names(people) + ", asked in turn")
                + (sig.channel() == null ? "" : "; Slack " + sheet.escape("#" + sig.channel())) + ".");
        sheet.paragraph("For the group, " + onCallText(sheet, environment.supportArea(), facts) + ".");
        return done(sheet);
    }

    private String onCallText(MarkdownReply sheet, String area, CommandContext facts) {
        OnCallStatus standing = roster().status(area, facts.now());
        String now = standing.responsible() == null || standing.level() == null
                ? "nobody is at work"
                : sheet.code(standing.responsible().handle()) + " ("
                        + standing.level().title() + ")";
        OnCallStatus.Next next = standing.next();
        String then = next == null
                ? ", nobody comes next"
                : ", next " + sheet.code(next.person().handle()) + " ("
                        + next.level().title() + ")"
                        + (next.at().isAfter(facts.now()) ? " from " + sheet.moment(next.at()) : "");
        return sheet.code(area) + ": " + now + then;
    }

    private Roster roster() {
        return environment.permissions().roster();
    }

    private CommandReply done(MarkdownReply sheet) {
        sheet.next("/ci-notify AREA words", "calls them");
        return CommandReply.done(sheet, "answered");
    }

    private CommandReply unknown(MarkdownReply sheet, Command.Who request, List<String> nearest) {
        List<String> fitting = nearest.stream()
                .filter(word -> !CommandParser.VERBS.contains(word))
                .toList();
        ReplyText words = new ReplyText(sheet);
        sheet.answer(sheet.code(request.target()) + " is no area or SIG that I know."
                + (fitting.isEmpty() ? "" : " Did you mean " + words.commands("/ci-notify who ", fitting) + "?")
                + " The areas are " + words.names(roster().areas()) + ".");
        return CommandReply.refused(sheet, "an unknown word");
    }
}
