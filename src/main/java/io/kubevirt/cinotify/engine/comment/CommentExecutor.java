// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.Command;
import io.kubevirt.cinotify.command.CommandContext;
import io.kubevirt.cinotify.command.CommandDispatcher;
import io.kubevirt.cinotify.command.CommandLogEntry;
import io.kubevirt.cinotify.command.CommandResult;
import io.kubevirt.cinotify.command.Comment;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides what comes of one comment, within one transaction. */
final class CommentExecutor {

    /** An answer says who was called before. */
    private static final Duration HISTORY = Duration.ofDays(7);

    /** What stands in one comment is answered in one. */
    private static final String SEPARATOR = "\n---\n\n";

    private CommentExecutor() {}

    static List<CommandResult> execute(PreparedComment prepared, CommentContext around) {
        Transaction transaction = around.transaction();
        Instant now = around.now();
        Comment comment = prepared.comment();
        String place = comment.conversation().reference();
        CommandDispatcher decider = new CommandDispatcher(prepared.environment(), around.actions());
        List<CommandLogEntry> earlier =
                new ArrayList<>(transaction.commands().since(now.minus(HISTORY), place, comment.author()));
        List<CommandResult> answers = new ArrayList<>();
        for (Command request : prepared.commands()) {
            PullRequestSnapshot look = prepared.snapshot();
            CommandResult answer = decider.dispatch(
                    request,
                    new CommandContext(
                            comment,
                            now,
                            look.trusted(),
                            look.head(),
                            look.failedChecks(),
                            look.checksError(),
                            around.incidents(),
                            around.notifiedIncidents(place),
                            earlier,
                            transaction.commands().reassignments()));
            transaction.commands().add(prepared.delivery() + " " + answers.size(), answer.logEntry());
            answer.reassignments().forEach(transaction.commands()::add);
            earlier.add(answer.logEntry());
            answers.add(answer);
        }
        enqueueReplies(prepared, answers, around, transaction, now);
        return answers;
    }

    private static void enqueueReplies(
            PreparedComment prepared,
            List<CommandResult> answers,
            CommentContext around,
            Transaction transaction,
            Instant now) {
        List<String> why = answers.stream()
                .map(answer -> answer.logEntry().request().strip() + ": "
                        + answer.logEntry().summary())
                .toList();
        List<OutgoingMessage.TextMessage> letters = replies(prepared, answers);
        letters.forEach(letter -> around.enqueue(letter, why));
        if (letters.isEmpty()) {
            transaction.deliveries().suppressed(prepared.delivery(), "refused", why, now);
        } else {
            around.markAnswered(prepared.delivery(), letters.getFirst(), why);
        }
    }

    /** One for each command's name: it takes the place of the last one in the conversation. */
    private static List<OutgoingMessage.TextMessage> replies(PreparedComment prepared, List<CommandResult> answers) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (CommandResult answer : answers) {
            if (answer.markdown() != null) {
                StringBuilder text = texts.computeIfAbsent(answer.verb(), verb -> new StringBuilder());
                text.append(text.isEmpty() ? "" : SEPARATOR).append(answer.markdown());
            }
        }
        String place = prepared.comment().conversation().reference();
        return texts.entrySet().stream()
                .map(text -> new OutgoingMessage.TextMessage(
                        "answer-" + text.getKey() + "-" + prepared.delivery(),
                        "command-" + text.getKey() + "-" + place,
                        GitHubChannel.NAME,
                        place,
                        "/ci-notify " + text.getKey(),
                        text.getValue().toString(),
                        true))
                .toList();
    }
}
