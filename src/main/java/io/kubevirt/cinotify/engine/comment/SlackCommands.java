// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.Command;
import io.kubevirt.cinotify.command.CommandResult;
import io.kubevirt.cinotify.command.Comment;
import io.kubevirt.cinotify.command.Conversation;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.engine.comment.CommentProcessor.PreparedComment;
import io.kubevirt.cinotify.engine.comment.PullRequestLookup.Snapshot;
import io.kubevirt.cinotify.notify.slack.SlackRequest;
import io.kubevirt.cinotify.notify.slack.SlackResponder;
import io.kubevirt.cinotify.notify.template.SlackMrkdwn;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a person does on Slack, as a command with the grammar and the permissions of comments. */
record SlackCommands(SlackResponder responder) {
    /** No login begins so: a stranger on Slack has the permissions of nobody on GitHub. */
    private static final String STRANGER = "slack:";

    /** The author is the GitHub login of the person, if {@code roster.members} has the Slack id. */
    PreparedComment prepare(String delivery, SlackRequest request, CommandEnvironments environments, Config config) {
        String author = responder.handleOf(request).orElse(STRANGER + request.user());
        String typed = Objects.requireNonNullElse(request.text(), "")
                .replaceAll("\\s+", " ")
                .strip();
        Comment comment = new Comment(
                delivery,
                Conversation.chat(request.channel()),
                author,
                "/ci-notify " + (typed.isEmpty() ? "help" : typed),
                "",
                false,
                null);
        return new PreparedComment(
                delivery,
                comment,
                Command.parseAll(comment.body()),
                new Snapshot(false, null, List.of(), null),
                environments.of(config, visibility -> visibility.onSlack(request, author), new SlackMrkdwn()),
                request);
    }

    void answer(SlackRequest request, List<CommandResult> results) {
        String text = results.stream()
                .map(CommandResult::markdown)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
        boolean refused = results.stream().anyMatch(result -> result.outcome() == CommandResult.Outcome.REFUSED);
        boolean stranger = responder.handleOf(request).isEmpty();
        responder.answer(
                request,
                text
                        + (refused && stranger
                                ? "\nYour Slack id " + request.user() + " belongs to no member: ask the group to add"
                                        + " it as roster.members.LOGIN.slack."
                                : ""));
    }
}
