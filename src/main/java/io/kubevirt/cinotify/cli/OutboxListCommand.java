// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.DeadLetters;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
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
    OutputOptions output;

    @Spec
    CommandSpec spec;

    /** The contract of {@code outbox list --output json}. */
    record Row(
            long number,
            String channel,
            String destination,
            String kind,
            String title,
            Instant since,
            Instant givenUp,
            @Nullable String problem) {

        String text() {
            return number + "  " + channel + " " + destination + "  " + kind + ": " + title + "\n    given up "
                    + givenUp + ": " + problem;
        }
    }

    @Override
    public Integer call() throws InvalidConfigException {
        List<Row> rows = new StoreSession(store).inTransaction(OutboxListCommand::rows);
        PrintWriter out = spec.commandLine().getOut();
        rows.forEach(row -> out.println(output.isJson() ? OutputOptions.json(row) : row.text()));
        if (!output.isJson()) {
            out.println(
                    rows.isEmpty()
                            ? "Nothing was given up."
                            : "Mend the cause, then: ci-notify outbox retry NUMBER..., --channel NAME or --all");
        }
        return 0;
    }

    private static List<Row> rows(Transaction transaction) {
        return transaction.deadLetters().all().stream()
                .map(dead -> row(dead, transaction.messages().get(dead.messageId())))
                .toList();
    }

    private static Row row(DeadLetters.DeadLetter dead, OutgoingMessage content) {
        return new Row(
                dead.number(),
                dead.channel(),
                dead.destination(),
                dead.kind(),
                switch (content) {
                    case OutgoingMessage.IncidentMessage news ->
                        news.notification().incident().title();
                    case OutgoingMessage.TextMessage letter -> letter.title();
                },
                dead.firstDueAt(),
                dead.givenUpAt(),
                dead.problem());
    }
}
