// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.roster.OnCallStatus;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.roster.Sig.Person;
import java.util.List;

final class WhoHandler extends CommandHandler {
    WhoHandler() {
        super(
                "who",
                List.of("who"),
                new CommandHelp.Entry(
                        "/ci-notify who [AREA|SIG]",
                        false,
                        "Shows who is on duty now and who is next, without notifying them.",
                        List.of("/ci-notify who", "/ci-notify who sig-example"),
                        Permission.READ));
    }

    @Override
    Reply handle(Call call) {
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
                yield Reply.refused(reply, "a job, not an area");
            }
            case Target.Several several -> unknown(call, target, List.of());
            case Target.Unknown(List<String> nearest) -> unknown(call, target, nearest);
        };
    }

    private Reply sig(MarkdownReply reply, Sig sig, Call call) {
        List<String> people = sig.people().stream().map(Person::handle).toList();
        reply.answer(reply.code(TargetResolver.sigName(sig.shortName())) + ": "
                + (people.isEmpty() ? "it lists no people" : reply.names(people) + ", notified in turn")
                + (sig.channel() == null ? "" : "; Slack " + reply.escape("#" + sig.channel())) + ".");
        reply.paragraph("In the operations group, "
                + onCallText(reply, call.environment().supportArea(), call) + ".");
        return done(reply);
    }

    private String onCallText(MarkdownReply reply, String area, Call call) {
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

    private static Roster roster(Call call) {
        return call.environment().permissions().roster();
    }

    private Reply done(MarkdownReply reply) {
        reply.next("/ci-notify AREA text", "notifies them");
        return Reply.done(reply, "answered");
    }

    private Reply unknown(Call call, String target, List<String> nearest) {
        MarkdownReply reply = call.newReply();
        List<String> fitting = nearest.stream()
                .filter(word -> !CommandRegistry.VERBS.contains(word))
                .toList();
        reply.answer(reply.code(target) + " is not an area or a SIG."
                + (fitting.isEmpty() ? "" : " Did you mean " + reply.commands("/ci-notify who ", fitting) + "?")
                + " The areas are " + reply.names(roster(call).areas()) + ".");
        return Reply.refused(reply, "unknown target");
    }
}
