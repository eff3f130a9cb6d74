// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.CommandResult;
import io.kubevirt.cinotify.command.Comment;
import io.kubevirt.cinotify.engine.PublicNames;
import io.kubevirt.cinotify.engine.comment.CommentProcessor.GitHubClient;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Adds reactions to comments and labels to issues. Repeating it changes nothing; failures are only logged. */
record CommentReactions(@Nullable GitHubClient github, PublicNames names) {
    private static final Logger LOG = Logger.getLogger(CommentReactions.class);
    private static final String SEEN = "eyes";
    private static final String DONE = "+1";
    private static final String REFUSED = "confused";

    void markSeen(Comment comment) {
        react(comment, SEEN);
    }

    void markAnswered(Comment comment, List<CommandResult> answers) {
        boolean done = answers.stream().allMatch(answer -> answer.outcome() == CommandResult.Outcome.DONE);
        react(comment, done ? DONE : REFUSED);
        label(
                comment,
                answers.stream().flatMap(answer -> answer.labels().stream()).toList());
    }

    private void react(Comment comment, String reaction) {
        Comment.ReactionTarget target = comment.reactionTarget();
        if (github == null || target == null) {
            return;
        }
        Repository repository = comment.conversation().repository();
        try {
            switch (target.kind()) {
                case COMMENT -> github.issues().reactToComment(repository, target.id(), reaction);
                case REVIEW_COMMENT -> github.issues().reactToReviewComment(repository, target.id(), reaction);
                case BODY -> github.issues().react(repository, (int) target.id(), reaction);
            }
        } catch (GitHubException e) {
            LOG.warn(names.failure("cannot add a reaction to a comment", comment.url(), repository, e));
        }
    }

    /** Sets the first existing name of each label; creates no labels. */
    private void label(Comment comment, List<List<String>> wanted) {
        if (github == null || wanted.isEmpty()) {
            return;
        }
        Repository repository = comment.conversation().repository();
        try {
            Set<String> names = new LinkedHashSet<>();
            wanted.forEach(names::addAll);
            List<String> existing = github.labels().existing(repository, names);
            List<String> chosen = new ArrayList<>();
            wanted.forEach(choice -> choice.stream()
                    .flatMap(name -> existing.stream().filter(name::equalsIgnoreCase))
                    .findFirst()
                    .ifPresent(chosen::add));
            if (!chosen.isEmpty()) {
                github.issues().addLabels(repository, comment.conversation().number(), chosen);
            }
        } catch (GitHubException e) {
            LOG.warn(names.failure(
                    "cannot set the labels", comment.conversation().reference(), repository, e));
        }
    }
}
