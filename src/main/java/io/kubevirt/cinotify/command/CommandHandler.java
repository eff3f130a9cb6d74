// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.CommandResult.Outcome;
import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.command.TargetResolver.Target;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Recipient;
import java.time.Instant;
import java.util.List;

/** One command. Handlers have no state. */
abstract class CommandHandler {
    private final String verb;
    private final List<String> names;
    private final CommandHelp.Entry help;

    /**
     * @param verb the name under which it is stored: in the command log and in the thread of its replies
     * @param names the first words that select it; empty for the commands without a verb
     */
    CommandHandler(String verb, List<String> names, CommandHelp.Entry help) {
        this.verb = verb;
        this.names = names;
        this.help = help;
    }

    final String verb() {
        return verb;
    }

    final List<String> names() {
        return names;
    }

    final CommandHelp.Entry help() {
        return help;
    }

    /** Executes the command, or says why not. */
    abstract Reply handle(Call call);

    /** What distinguishes two requests of this command: the same text within an hour is a repetition. */
    String identity(Call call) {
        return "";
    }

    static Reply severalJobs(Call call, String target, List<String> jobs, String command, String consequence) {
        MarkdownReply reply = call.newReply();
        reply.answer("the names of several jobs contain " + reply.code(target) + consequence + ". Choose one:")
                .bullets(jobs.stream().map(job -> reply.code(command + job)).toList());
        return Reply.refused(reply, "several jobs match");
    }

    /** Markdown lines about the conversation for an author without permission: anyone may read what is decided. */
    List<String> knownHere(Call call, MarkdownReply reply) {
        return List.of();
    }

    boolean needsChecks() {
        return help.permission() == Permission.NOTIFY;
    }

    /**
     * The outcome of a handler; the dispatcher makes it a {@link CommandResult}.
     *
     * @param summary one line of Markdown, for the log and for later replies
     */
    record Reply(
            Outcome outcome,
            String markdown,
            String summary,
            boolean notified,
            List<List<String>> labels,
            List<Reassignment> reassignments) {
        static Reply done(MarkdownReply reply, String summary) {
            return new Reply(Outcome.DONE, reply.toMarkdown(), summary, false, List.of(), List.of());
        }

        static Reply notified(MarkdownReply reply, String summary) {
            return new Reply(Outcome.DONE, reply.toMarkdown(), summary, true, List.of(), List.of());
        }

        static Reply refused(MarkdownReply reply, String summary) {
            return new Reply(Outcome.REFUSED, reply.toMarkdown(), summary, false, List.of(), List.of());
        }

        /** The author has no permission; the dispatcher replies once per conversation. */
        static Reply forbidden(MarkdownReply reply) {
            return refused(reply, CommandLogEntry.REFUSED);
        }

        /** A reaction only. */
        static Reply silent(String summary) {
            return new Reply(Outcome.REFUSED, "", summary, false, List.of(), List.of());
        }

        Reply withLabels(List<List<String>> more) {
            return new Reply(outcome, markdown, summary, notified, more, reassignments);
        }

        Reply withReassignments(List<Reassignment> reassigned) {
            return new Reply(outcome, markdown, summary, notified, labels, reassigned);
        }
    }

    record Call(
            CommandArguments arguments,
            CommandContext context,
            CommandEnvironment environment,
            IncidentActions actions) {
        MarkdownReply newReply() {
            return new MarkdownReply(environment.markup(), context.comment());
        }

        String author() {
            return context.comment().author();
        }

        Conversation conversation() {
            return context.conversation();
        }

        Instant now() {
            return context.now();
        }

        Target find(String word) {
            return environment.targets().find(word);
        }

        /** Who would be notified now. */
        Recipient recipient(Diagnosis diagnosis, boolean blocking) {
            return environment.recipients().resolve(diagnosis, blocking, now());
        }
    }
}
