// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.Command;
import io.kubevirt.cinotify.command.CommandContext;
import io.kubevirt.cinotify.command.CommandDispatcher;
import io.kubevirt.cinotify.command.CommandLogEntry;
import io.kubevirt.cinotify.command.CommandResult;
import io.kubevirt.cinotify.command.Comment;
import io.kubevirt.cinotify.command.Conversation;
import io.kubevirt.cinotify.engine.IncidentUnitOfWork;
import io.kubevirt.cinotify.engine.VisibilityResolver;
import io.kubevirt.cinotify.engine.comment.CommentProcessor.PreparedComment;
import io.kubevirt.cinotify.engine.comment.PullRequestLookup.Snapshot;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.notify.OutgoingMessage.TextMessage;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.slack.SlackChannel;
import io.kubevirt.cinotify.notify.slack.SlackRequest;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Executes the commands of one comment within one transaction and queues the replies. */
final class CommentExecutor {
    /** A reply lists who was notified from the conversation before. */
    private static final Duration HISTORY = Duration.ofDays(7);
    /** Between the replies to several commands of one comment. */
    private static final String SEPARATOR = "\n---\n\n";

    private CommentExecutor() {}

    /** Returns no results if the comment was answered before. */
    static List<CommandResult> execute(PreparedComment prepared, IncidentUnitOfWork work) {
        Transaction transaction = work.transaction();
        Instant now = work.now();
        Comment comment = prepared.comment();
        String identity = comment.identity() + " ";
        if (transaction.commands().isKnown(identity + 0)) {
            transaction
                    .deliveries()
                    .suppressed(
                            prepared.delivery(),
                            SuppressionReason.DUPLICATE.value(),
                            List.of("the comment was answered when another delivery reported it"),
                            now);
            return List.of();
        }
        String conversation = comment.conversation().reference();
        CommandDispatcher dispatcher = new CommandDispatcher(prepared.environment(), work.incidentActions());
        List<CommandLogEntry> recent =
                new ArrayList<>(transaction.commands().since(now.minus(HISTORY), conversation, comment.author()));
        List<CommandResult> results = new ArrayList<>();
        for (Command command : prepared.commands()) {
            CommandResult result = dispatcher.dispatch(command, context(prepared, recent, work));
            transaction.commands().add(identity + results.size(), result.logEntry());
            result.reassignments().forEach(transaction.commands()::add);
            recent.add(result.logEntry());
            results.add(result);
        }
        settle(prepared, results, work);
        return results;
    }

    private static CommandContext context(
            PreparedComment prepared, List<CommandLogEntry> recent, IncidentUnitOfWork work) {
        Transaction transaction = work.transaction();
        Snapshot snapshot = prepared.snapshot();
        VisibilityResolver visibility = work.visibility();
        Audience readers = readers(prepared, work);
        List<String> here = notifiedHere(prepared, transaction);
        List<IncidentView> incidents = work.incidents();
        Set<IncidentView> shown =
                new LinkedHashSet<>(visibility.select(readers, incidents).shown());
        if (prepared.slack() != null) {
            incidents.stream().filter(incident -> here.contains(incident.id())).forEach(shown::add);
        }
        return new CommandContext(
                prepared.comment(),
                work.now(),
                snapshot.trusted(),
                snapshot.head(),
                snapshot.failedChecks().stream()
                        .map(check -> check.with(transaction
                                .deliveries()
                                .decisionOn(ObservedRun.idOf(check.run()))
                                .orElse(null)))
                        .toList(),
                snapshot.checksError(),
                List.copyOf(shown),
                incidents.stream().filter(incident -> !shown.contains(incident)).toList(),
                lane -> VisibilityPolicy.mayShow(readers, visibility.ofJob(lane)),
                here,
                recent,
                transaction.commands().reassignments().stream()
                        .filter(each -> VisibilityPolicy.mayShow(readers, visibility.ofJob(each.lane()))
                                && VisibilityPolicy.mayShow(
                                        readers, transaction.visibility().scope(each.incident())))
                        .toList(),
                snapshot.jobFiles());
    }

    private static Audience readers(PreparedComment prepared, IncidentUnitOfWork work) {
        SlackRequest slack = prepared.slack();
        return slack == null
                ? work.visibility().readersOf(prepared.comment().conversation().repository())
                : work.visibility().onSlack(slack, prepared.comment().author());
    }

    private static List<String> notifiedHere(PreparedComment prepared, Transaction transaction) {
        SlackRequest slack = prepared.slack();
        Conversation here = prepared.comment().conversation();
        return slack == null
                ? transaction
                        .messages()
                        .threadsAt(
                                GitHubChannel.NAME,
                                here.reference(),
                                here.repository().fullName())
                : Stream.of(slack.channel(), slack.channelName())
                        .flatMap(channel ->
                                transaction.messages().threadsAt(SlackChannel.NAME, channel, channel).stream())
                        .distinct()
                        .toList();
    }

    private static void settle(PreparedComment prepared, List<CommandResult> results, IncidentUnitOfWork work) {
        List<String> trace = results.stream()
                .map(result -> result.logEntry().request().strip() + ": "
                        + result.logEntry().summary())
                .toList();
        if (prepared.slack() != null) {
            work.transaction().deliveries().suppressed(prepared.delivery(), "answered", trace, work.now());
            return;
        }
        List<TextMessage> replies = replies(prepared, results);
        replies.forEach(work.outbox()::add);
        if (replies.isEmpty()) {
            work.transaction().deliveries().suppressed(prepared.delivery(), "refused", trace, work.now());
        } else {
            work.transaction()
                    .deliveries()
                    .notified(prepared.delivery(), replies.getFirst().id(), trace, work.now());
        }
    }

    /** The thread of the replies to a verb in a conversation. */
    static String thread(String verb, String conversation) {
        return "command-" + verb + "-" + conversation;
    }

    /** One reply for each verb, each answer once; it replaces the last reply to that verb in the conversation. */
    private static List<TextMessage> replies(PreparedComment prepared, List<CommandResult> results) {
        Map<String, Set<String>> texts = new LinkedHashMap<>();
        for (CommandResult result : results) {
            if (result.markdown() != null) {
                texts.computeIfAbsent(result.verb(), verb -> new LinkedHashSet<>())
                        .add(result.markdown());
            }
        }
        String conversation = prepared.comment().conversation().reference();
        return texts.entrySet().stream()
                .map(text -> new TextMessage(
                        "answer-" + text.getKey() + "-" + prepared.delivery(),
                        thread(text.getKey(), conversation),
                        GitHubChannel.NAME,
                        conversation,
                        "/ci-notify " + text.getKey(),
                        String.join(SEPARATOR, text.getValue()),
                        true))
                .toList();
    }
}
