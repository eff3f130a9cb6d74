// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage.TextMessage;
import io.kubevirt.cinotify.store.DeadLetters;
import io.kubevirt.cinotify.store.DeadLetters.DeadLetter;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "outbox",
        description = "Lists and retries dead-lettered messages. The plugin may be running.",
        mixinStandardHelpOptions = true,
        subcommands = {OutboxCommand.ListCommand.class, OutboxCommand.RetryCommand.class})
final class OutboxCommand {
    @Command(
            name = "list",
            description = "Lists dead-lettered messages with the id for retry.",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {
        @Mixin
        StoreOptions store;

        @Mixin
        OutputOptions output;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            List<Row> rows = store.inTransaction(ListCommand::rows);
            PrintWriter out = spec.commandLine().getOut();
            rows.forEach(row -> out.println(output.isJson() ? OutputOptions.json(row) : row.text()));
            if (!output.isJson()) {
                out.println(
                        rows.isEmpty()
                                ? "No dead-lettered messages."
                                : "Fix the cause, then: ci-notify outbox retry ID..., --channel NAME or --all");
            }
            return 0;
        }

        private static List<Row> rows(Transaction transaction) {
            return transaction.deadLetters().all().stream()
                    .map(dead -> row(dead, transaction.messages().get(dead.messageId())))
                    .toList();
        }

        private static Row row(DeadLetter dead, OutgoingMessage message) {
            return new Row(
                    dead.number(),
                    dead.channel(),
                    dead.destination(),
                    dead.kind(),
                    switch (message) {
                        case OutgoingMessage.IncidentMessage incidentMessage ->
                            incidentMessage.notification().incident().title();
                        case TextMessage textMessage -> textMessage.title();
                    },
                    dead.firstDueAt(),
                    dead.givenUpAt(),
                    dead.problem());
        }
    }

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
            return number + "  " + channel + " " + destination + "  " + kind + ": " + title + "\n    dead since "
                    + givenUp + ": " + problem;
        }
    }

    @Command(
            name = "retry",
            description = "Retries dead-lettered messages: by id, of a channel, or all. ci-notify first looks whether a"
                    + " message was sent after all, and skips what is no longer current.",
            mixinStandardHelpOptions = true)
    static final class RetryCommand implements Callable<Integer> {
        @Mixin
        StoreOptions store;

        @ArgGroup(multiplicity = "1")
        Selection selection;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            long retried = store.inTransaction(transaction -> {
                DeadLetters deadLetters = transaction.deadLetters();
                return deadLetters.all().stream()
                        .filter(selection.matcher())
                        .filter(dead -> deadLetters.retry(dead.number(), SystemClock.INSTANCE.instant()))
                        .count();
            });
            if (retried == 0) {
                throw new InvalidConfigException(ConfigProblem.ofFile(
                        "outbox", "no dead-lettered message matches", "see ci-notify outbox list"));
            }
            spec.commandLine()
                    .getOut()
                    .println("retrying " + retried + (retried == 1 ? " message" : " messages")
                            + "; a running plugin sends within seconds");
            return 0;
        }
    }

    static final class Selection {
        @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids that outbox list shows.")
        private @Nullable List<Long> numbers;

        @Option(names = "--channel", paramLabel = "NAME", description = "All messages of a channel, such as slack.")
        private @Nullable String channel;

        @Option(names = "--all", description = "All messages.")
        boolean all;

        Predicate<DeadLetter> matcher() {
            return dead ->
                    all || dead.channel().equals(channel) || (numbers != null && numbers.contains(dead.number()));
        }
    }
}
