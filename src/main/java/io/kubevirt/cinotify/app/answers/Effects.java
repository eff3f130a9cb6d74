/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app.answers;

import io.kubevirt.cinotify.command.Answer;
import io.kubevirt.cinotify.command.Comment;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Shows on GitHub how a command goes, and labels issues. Doing it twice is doing it once; what fails is only logged. */
final class Effects {

    private static final Logger LOG = Logger.getLogger(Effects.class);
    private static final String SEEN = "eyes";
    private static final String DONE = "+1";
    private static final String REFUSED = "confused";

    private final @Nullable GitHubSide github;

    Effects(@Nullable GitHubSide github) {
        this.github = github;
    }

    void seen(Comment comment) {
        react(comment, SEEN);
    }

    void answered(Comment comment, List<Answer> answers) {
        boolean done = answers.stream().allMatch(answer -> answer.mood() == Answer.Mood.DONE);
        react(comment, done ? DONE : REFUSED);
        label(
                comment,
                answers.stream().flatMap(answer -> answer.labels().stream()).toList());
    }

    private void react(Comment comment, String reaction) {
        Comment.Spot spot = comment.spot();
        if (github == null || spot == null) {
            return;
        }
        Repository repository = comment.conversation().repository();
        try {
            switch (spot.kind()) {
                case COMMENT -> github.issues().reactToComment(repository, spot.id(), reaction);
                case REVIEW_COMMENT -> github.issues().reactToReviewComment(repository, spot.id(), reaction);
                case BODY -> github.issues().react(repository, (int) spot.id(), reaction);
            }
        } catch (GitHubFailure e) {
            LOG.warnf("%s bears no reaction: %s", comment.url(), e.sentence());
        }
    }

    /** Of each label the first name that the repository has; one that it has not is not made. */
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
        } catch (GitHubFailure e) {
            LOG.warnf("%s could not be labelled: %s", comment.conversation().place(), e.sentence());
        }
    }
}
