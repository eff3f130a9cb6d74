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
import io.kubevirt.cinotify.command.Decider;
import io.kubevirt.cinotify.command.Earlier;
import io.kubevirt.cinotify.command.Facts;
import io.kubevirt.cinotify.command.Request;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.github.GitHubChannel;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides what comes of one comment, within one transaction. */
final class DecideComment {

    /** An answer says who was called before. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    /** What stands in one comment is answered in one. */
    private static final String BETWEEN = "\n---\n\n";

    private DecideComment() {}

    static List<Answer> decide(Prepared prepared, Surroundings around) {
        Transaction transaction = around.transaction();
        Instant now = around.now();
        Comment comment = prepared.comment();
        String place = comment.conversation().place();
        Decider decider = new Decider(prepared.knowledge(), around.desk());
        List<Earlier> earlier =
                new ArrayList<>(transaction.commands().since(now.minus(REMEMBERED), place, comment.author()));
        List<Answer> answers = new ArrayList<>();
        for (Request request : prepared.requests()) {
            Look look = prepared.look();
            Answer answer = decider.answer(
                    request,
                    new Facts(
                            comment,
                            now,
                            look.trusted(),
                            look.head(),
                            look.reds(),
                            look.problem(),
                            around.incidents(),
                            around.saidAt(place),
                            earlier,
                            transaction.commands().moved()));
            transaction.commands().add(prepared.delivery() + " " + answers.size(), answer.earlier());
            answer.moved().forEach(transaction.commands()::add);
            earlier.add(answer.earlier());
            answers.add(answer);
        }
        say(prepared, answers, around, transaction, now);
        return answers;
    }

    private static void say(
            Prepared prepared, List<Answer> answers, Surroundings around, Transaction transaction, Instant now) {
        List<String> why = answers.stream()
                .map(answer -> answer.earlier().request().strip() + ": "
                        + answer.earlier().summary())
                .toList();
        List<Content.Letter> letters = letters(prepared, answers);
        letters.forEach(letter -> around.say(letter, why));
        if (letters.isEmpty()) {
            transaction.deliveries().suppressed(prepared.delivery(), "refused", why, now);
        } else {
            around.answered(prepared.delivery(), letters.getFirst(), why);
        }
    }

    /** One for each command's name: it takes the place of the last one in the conversation. */
    private static List<Content.Letter> letters(Prepared prepared, List<Answer> answers) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (Answer answer : answers) {
            if (answer.markdown() != null) {
                StringBuilder text = texts.computeIfAbsent(answer.verb(), verb -> new StringBuilder());
                text.append(text.isEmpty() ? "" : BETWEEN).append(answer.markdown());
            }
        }
        String place = prepared.comment().conversation().place();
        return texts.entrySet().stream()
                .map(text -> new Content.Letter(
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
