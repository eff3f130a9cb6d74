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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.store.DeadMessages;
import io.kubevirt.cinotify.store.Transaction;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What was given up, where, and why. */
@Command(
        name = "list",
        description =
                "The messages that were given up, one a line, with the number by which retry takes them up again.",
        mixinStandardHelpOptions = true)
final class OutboxListCommand implements Callable<Integer> {

    @Mixin
    StoreOptions store;

    @Mixin
    Output output;

    @Spec
    CommandSpec spec;

    /** The contract of {@code outbox list --output json}. */
    record Row(
            long number,
            String channel,
            String place,
            String kind,
            String title,
            Instant since,
            Instant givenUp,
            @Nullable String problem) {

        String text() {
            return number + "  " + channel + " " + place + "  " + kind + ": " + title + "\n    given up " + givenUp
                    + ": " + problem;
        }
    }

    @Override
    public Integer call() throws InvalidDocument {
        List<Row> rows = new StoreInUse(store).inTransaction(OutboxListCommand::rows);
        PrintWriter out = spec.commandLine().getOut();
        rows.forEach(row -> out.println(output.isJson() ? Output.json(row) : row.text()));
        if (!output.isJson()) {
            out.println(
                    rows.isEmpty()
                            ? "Nothing was given up."
                            : "Mend the cause, then: ci-notify outbox retry NUMBER..., --channel NAME or --all");
        }
        return 0;
    }

    private static List<Row> rows(Transaction transaction) {
        return transaction.deadMessages().all().stream()
                .map(dead -> row(dead, transaction.contents().get(dead.contentId())))
                .toList();
    }

    private static Row row(DeadMessages.Dead dead, Content content) {
        return new Row(
                dead.number(),
                dead.channel(),
                dead.place(),
                dead.kind(),
                switch (content) {
                    case Content.IncidentNews news -> news.message().incident().title();
                    case Content.Letter letter -> letter.title();
                },
                dead.since(),
                dead.givenUp(),
                dead.problem());
    }
}
