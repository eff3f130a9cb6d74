// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.CommandHandler.Call;
import io.kubevirt.cinotify.command.CommandHandler.Reply;
import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Checks permissions and limits, and executes commands: the same command and context give the same result. */
public record CommandDispatcher(CommandEnvironment environment, IncidentActions actions) {
    /** The period in which a request is not repeated and to which the limits apply. */
    public static final Duration HOUR = Duration.ofHours(1);

    private static final int MAX_HISTORY = 10;

    public CommandResult dispatch(Command command, CommandContext context) {
        Call call = new Call(command.arguments(), context, environment, actions);
        Reply reply = rejected(command, call).orElseGet(() -> command.handler().handle(call));
        boolean forbidden = reply.summary().equals(CommandLogEntry.REFUSED);
        boolean repeated = forbidden
                && !call.conversation().isChat()
                && context.recentCommands().stream().anyMatch(each -> isRefusalHere(each, call));
        String verb = forbidden ? CommandLogEntry.REFUSED : command.verb();
        return new CommandResult(
                verb,
                reply.outcome(),
                repeated || reply.markdown().isEmpty() ? null : reply.markdown() + history(command, call),
                reply.labels(),
                new CommandLogEntry(
                        call.now(),
                        call.conversation().reference(),
                        call.author(),
                        verb,
                        identity(command, call),
                        reply.notified(),
                        context.comment().url(),
                        reply.summary()),
                reply.reassignments());
    }

    /** A reply replaces the last one, so it lists who was notified before. */
    private String history(Command command, Call call) {
        if (command.permission() != Permission.NOTIFY) {
            return "";
        }
        List<String> before = call.context().recentCommands().stream()
                .filter(each -> each.notifies() && isHere(each, call))
                .map(each -> "- " + environment.markup().timestamp(each.at()) + ", "
                        + environment.markup().link(each.person(), each.url()) + ": " + each.summary() + "\n")
                .toList();
        List<String> newest = before.subList(Math.max(0, before.size() - MAX_HISTORY), before.size());
        return newest.isEmpty() ? "" : "\nEarlier notifications from here:\n\n" + String.join("", newest);
    }

    /** Why a command is not executed; the first reason counts. */
    private Optional<Reply> rejected(Command command, Call call) {
        Permission permission = command.permission();
        if (recent(call, each -> isByAuthor(each, call)) >= environment.limits().answers()) {
            // No reply: somebody who sends so many commands does not read them.
            return Optional.of(Reply.silent("too many commands"));
        }
        if (call.conversation().isChat() && !permission.inChat()) {
            MarkdownReply reply = call.newReply();
            reply.answer("this works only in a comment on GitHub, so nothing was changed.")
                    .next("/ci-notify help", "shows what works here");
            return Optional.of(Reply.refused(reply, "not in a chat"));
        }
        if (!isAllowed(permission, call)) {
            return Optional.of(forbidden(command, call));
        }
        if (permission != Permission.NOTIFY) {
            return Optional.empty();
        }
        if (!call.conversation().open()) {
            MarkdownReply reply = call.newReply();
            reply.answer("this conversation is closed, so nobody was notified. Reopen it, or use an open one.");
            return Optional.of(Reply.refused(reply, "closed"));
        }
        return repeated(command, call).or(() -> tooMany(call));
    }

    private boolean isAllowed(Permission permission, Call call) {
        return switch (permission) {
            case READ -> true;
            case NOTIFY -> environment.permissions().mayNotify(call.context());
            // The handler checks the SIG of the incident.
            case MANAGE -> environment.permissions().isListed(call.author());
            case DRILL -> environment.permissions().isMember(call.author());
        };
    }

    private static Reply forbidden(Command command, Call call) {
        MarkdownReply reply = call.newReply();
        boolean notifies = command.permission() == Permission.NOTIFY;
        reply.answer("this command is only for " + command.permission().grantedTo()
                + (notifies ? ", so nobody was notified. One of them can type it for you here." : "."));
        List<String> known = command.handler().knownHere(call, reply);
        if (!known.isEmpty()) {
            reply.bullets(known).next("/ci-notify explain", "shows what was decided; anyone may type it");
        }
        return Reply.forbidden(reply);
    }

    private static Optional<Reply> repeated(Command command, Call call) {
        String identity = identity(command, call);
        return call.context().recentCommands().stream()
                .filter(each -> each.notifies()
                        && each.request().equals(identity)
                        && isHere(each, call)
                        && isRecent(each, call))
                .findFirst()
                .map(first -> {
                    MarkdownReply reply = call.newReply();
                    reply.answer("this was " + reply.link("already requested", first.url()) + " at "
                                    + reply.moment(first.at()) + ", so nobody was notified again. Result: "
                                    + first.summary() + ".")
                            .next("/ci-notify AREA text", "notifies somebody else");
                    return Reply.done(reply, first.summary());
                });
    }

    private Optional<Reply> tooMany(Call call) {
        CommandEnvironment.Limits limits = environment.limits();
        long byAuthor = recent(call, each -> each.notifies() && isByAuthor(each, call));
        long here = recent(call, each -> each.notifies() && isHere(each, call));
        if (byAuthor < limits.perPerson() && here < limits.perConversation()) {
            return Optional.empty();
        }
        MarkdownReply reply = call.newReply();
        reply.answer((byAuthor >= limits.perPerson()
                        ? "you notified people " + Plural.times(byAuthor)
                        : "people were notified from here " + Plural.times(here))
                + " within an hour, so nobody was notified. Try again later, or contact them directly.");
        return Optional.of(Reply.refused(reply, "too many requests"));
    }

    private static long recent(Call call, Predicate<CommandLogEntry> which) {
        return call.context().recentCommands().stream()
                .filter(each -> isRecent(each, call))
                .filter(which)
                .count();
    }

    private static boolean isRecent(CommandLogEntry entry, Call call) {
        return entry.at().plus(HOUR).isAfter(call.now());
    }

    private static boolean isHere(CommandLogEntry entry, Call call) {
        return entry.conversation().equals(call.conversation().reference());
    }

    private static boolean isByAuthor(CommandLogEntry entry, Call call) {
        return entry.person().equalsIgnoreCase(call.author());
    }

    private static boolean isRefusalHere(CommandLogEntry entry, Call call) {
        return entry.verb().equals(CommandLogEntry.REFUSED) && isHere(entry, call);
    }

    /** The same for the same request about the same commit; stored, so its form must not change. */
    private static String identity(Command command, Call call) {
        return command.verb() + " " + call.context().head() + " "
                + command.handler().identity(call).toLowerCase(Locale.ROOT).strip();
    }
}
