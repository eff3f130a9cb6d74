// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.CommandResult.Outcome;
import java.util.List;

/**
 * What one command leads to, before it is remembered.
 *
 * @param summary in a line of Markdown
 * @param notified whether people were called
 * @param labels as {@link CommandResult#labels}
 */
record CommandReply(
        Outcome outcome,
        String markdown,
        String summary,
        boolean notified,
        List<List<String>> labels,
        List<Reassignment> reassignments) {

    static CommandReply done(MarkdownReply sheet, String summary) {
        return new CommandReply(Outcome.DONE, sheet.toMarkdown(), summary, false, List.of(), List.of());
    }

    static CommandReply notified(MarkdownReply sheet, String summary) {
        return new CommandReply(Outcome.DONE, sheet.toMarkdown(), summary, true, List.of(), List.of());
    }

    static CommandReply refused(MarkdownReply sheet, String summary) {
        return new CommandReply(Outcome.REFUSED, sheet.toMarkdown(), summary, false, List.of(), List.of());
    }

    /** For somebody who may not do it: said once per conversation. */
    static CommandReply forbidden(MarkdownReply sheet) {
        return refused(sheet, CommandLogEntry.REFUSED);
    }

    /** The reaction says enough. */
    static CommandReply silent(String summary) {
        return new CommandReply(Outcome.REFUSED, "", summary, false, List.of(), List.of());
    }

    CommandReply withLabels(List<List<String>> more) {
        return new CommandReply(outcome, markdown, summary, notified, more, reassignments);
    }

    CommandReply withReassignments(List<Reassignment> learnt) {
        return new CommandReply(outcome, markdown, summary, notified, labels, learnt);
    }
}
