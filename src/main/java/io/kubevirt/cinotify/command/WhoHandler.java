// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.roster.OnCallStatus;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.roster.Sig.Person;
import java.util.List;

/** {@code /ci-notify who}. */
final class WhoHandler implements CommandHandler {

    private static final CommandHelp.Entry HELP = new CommandHelp.Entry(
            "/ci-notify who [AREA|SIG]",
            false,
            "Shows who is on duty now and who is next, without notifying them.",
            List.of("/ci-notify who", "/ci-notify who sig-example"),
            Permissions.Permission.READ);

    @Override
    public String verb() {
        return "who";
    }

    @Override
    public CommandHelp.Entry help() {
        return HELP;
    }

    @Override
    public CommandReply handle(CommandCall call) {
        String target = call.arguments().target();
        MarkdownReply reply = call.newReply();
        if (target.isEmpty()) {
            reply.answer("on duty now, and next:")
                    .bullets(roster(call).areas().stream()
                            .map(area -> onCallText(reply, area, call))
                            .toList());
            return done(reply);
        }
        return switch (call.find(target)) {
            case Target.OfArea(String area) -> {
                reply.answer(onCallText(reply, area, call) + ".");
                yield done(reply);
            }
            case Target.OfSig(Sig sig) -> sig(reply, sig, call);
            case Target.OfJob(io.kubevirt.cinotify.prow.Job job) -> {
                reply.answer("for a job, use " + reply.code("/ci-notify explain " + job.name()) + ".");
                yield CommandReply.refused(reply, "a job, not an area");
            }
            case Target.Several several -> unknown(call, target, List.of());
            case Target.Unknown(List<String> nearest) -> unknown(call, target, nearest);
        };
    }

    private CommandReply sig(MarkdownReply reply, Sig sig, CommandCall call) {
        List<String> people = sig.people().stream().map(Person::handle).toList();
        reply.answer(reply.code(TargetResolver.sigName(sig.shortName())) + ": "
                + (people.isEmpty() ? "it lists no people" : reply.names(people) + ", notified in turn")
                + (sig.channel() == null ? "" : "; Slack " + reply.escape("#" + sig.channel())) + ".");
        reply.paragraph("In the operations group, "
                + onCallText(reply, call.environment().supportArea(), call) + ".");
        return done(reply);
    }

    private String onCallText(MarkdownReply reply, String area, CommandCall call) {
        OnCallStatus status = roster(call).status(area, call.now());
        String now = status.responsible() == null || status.level() == null
                ? "nobody is at work"
                : reply.code(status.responsible().handle()) + " ("
                        + status.level().title() + ")";
        OnCallStatus.Next next = status.next();
        String then = next == null
                ? ", nobody is next"
                : ", next " + reply.code(next.person().handle()) + " ("
                        + next.level().title() + ")"
                        + (next.at().isAfter(call.now()) ? " from " + reply.moment(next.at()) : "");
        return reply.code(area) + ": " + now + then;
    }

    private static Roster roster(CommandCall call) {
        return call.environment().permissions().roster();
    }

    private CommandReply done(MarkdownReply reply) {
        reply.next("/ci-notify AREA text", "notifies them");
        return CommandReply.done(reply, "answered");
    }

    private CommandReply unknown(CommandCall call, String target, List<String> nearest) {
        MarkdownReply reply = call.newReply();
        List<String> fitting = nearest.stream()
                .filter(word -> !CommandRegistry.VERBS.contains(word))
                .toList();
        reply.answer(reply.code(target) + " is not an area or a SIG."
                + (fitting.isEmpty() ? "" : " Did you mean " + reply.commands("/ci-notify who ", fitting) + "?")
                + " The areas are " + reply.names(roster(call).areas()) + ".");
        return CommandReply.refused(reply, "unknown target");
    }
}
