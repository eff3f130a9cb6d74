// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.CommandResult.Outcome;
import java.util.List;

/**
 * The outcome of a handler; the dispatcher makes it a {@link CommandResult}.
 *
 * @param summary one line of Markdown, for the log and for later replies
 * @param notified whether people were notified
 * @param labels as {@link CommandResult#labels}
 */
record CommandReply(
        Outcome outcome,
        String markdown,
        String summary,
        boolean notified,
        List<List<String>> labels,
        List<Reassignment> reassignments) {

    static CommandReply done(MarkdownReply reply, String summary) {
        return new CommandReply(Outcome.DONE, reply.toMarkdown(), summary, false, List.of(), List.of());
    }

    static CommandReply notified(MarkdownReply reply, String summary) {
        return new CommandReply(Outcome.DONE, reply.toMarkdown(), summary, true, List.of(), List.of());
    }

    static CommandReply refused(MarkdownReply reply, String summary) {
        return new CommandReply(Outcome.REFUSED, reply.toMarkdown(), summary, false, List.of(), List.of());
    }

    /** The author has no permission; the dispatcher replies once per conversation. */
    static CommandReply forbidden(MarkdownReply reply) {
        return refused(reply, CommandLogEntry.REFUSED);
    }

    /** A reaction only. */
    static CommandReply silent(String summary) {
        return new CommandReply(Outcome.REFUSED, "", summary, false, List.of(), List.of());
    }

    CommandReply withLabels(List<List<String>> more) {
        return new CommandReply(outcome, markdown, summary, notified, more, reassignments);
    }

    CommandReply withReassignments(List<Reassignment> reassigned) {
        return new CommandReply(outcome, markdown, summary, notified, labels, reassigned);
    }
}
