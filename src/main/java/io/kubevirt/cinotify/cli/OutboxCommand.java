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
import java.util.stream.Stream;
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
        description =
                "Lists, retries and drops messages that were given up or whose outcome is unknown. The plugin may be"
                        + " running.",
        mixinStandardHelpOptions = true,
        subcommands = {
            OutboxCommand.ListCommand.class,
            OutboxCommand.ShowCommand.class,
            OutboxCommand.RetryCommand.class,
            OutboxCommand.DropCommand.class
        })
final class OutboxCommand {
    @Command(
            name = "list",
            description =
                    "Lists dead-lettered messages, and those with an unknown outcome, with the id for the other commands.",
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
                                ? "No dead-lettered messages, no unknown outcomes."
                                : "Fix the cause, then: ci-notify outbox retry ID..., --channel NAME or --all");
            }
            return 0;
        }

        private static List<Row> rows(Transaction transaction) {
            DeadLetters letters = transaction.deadLetters();
            return Stream.concat(letters.all().stream(), letters.unknown().stream())
                    .map(dead -> row(dead, transaction.messages().get(dead.messageId())))
                    .toList();
        }
    }

    private static Row row(DeadLetter dead, OutgoingMessage message) {
        return new Row(
                dead.number(),
                dead.state(),
                dead.channel(),
                dead.destination(),
                dead.kind(),
                switch (message) {
                    case OutgoingMessage.IncidentMessage incidentMessage ->
                        incidentMessage.notification().incident().title();
                    case TextMessage textMessage -> textMessage.title();
                },
                dead.firstDueAt(),
                dead.settledAt(),
                dead.uncertainSince(),
                dead.problem());
    }

    /** The contract of {@code outbox list --output json}. */
    record Row(
            long number,
            String state,
            String channel,
            String destination,
            String kind,
            String title,
            Instant since,
            @Nullable Instant givenUp,
            @Nullable Instant unknownSince,
            @Nullable String problem) {
        String text() {
            return number + "  " + channel + " " + destination + "  " + kind + ": " + title + "\n    " + state
                    + " since " + (givenUp == null ? unknownSince == null ? since : unknownSince : givenUp) + ": "
                    + problem;
        }
    }

    @Command(
            name = "show",
            description =
                    "Shows a message in any state: when it was due, its attempts, and what is known of its outcome.",
            mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {
        @Mixin
        StoreOptions store;

        @Mixin
        OutputOptions output;

        @Parameters(paramLabel = "ID", description = "Id that outbox list shows.")
        long number;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            DeadLetter found = store.inTransaction(
                            transaction -> transaction.deadLetters().find(number))
                    .orElseThrow(() -> new InvalidConfigException(ConfigProblem.ofFile(
                            "outbox", "no message has the id " + number, "see ci-notify outbox list")));
            spec.commandLine().getOut().println(output.isJson() ? OutputOptions.json(found) : text(found));
            return 0;
        }

        private static String text(DeadLetter found) {
            return String.join(
                    "\n",
                    found.number() + "  " + found.channel() + " " + found.destination() + "  " + found.messageId(),
                    "    state: " + found.state(),
                    "    attempts: " + found.attempts() + ", first due " + found.firstDueAt() + ", next "
                            + found.dueAt(),
                    "    last writing request with an unknown outcome: "
                            + (found.uncertainSince() == null ? "none" : found.uncertainSince()),
                    "    reference: " + (found.reference() == null ? "none" : found.reference()),
                    "    last problem: " + (found.problem() == null ? "none" : found.problem()));
        }
    }

    @Command(
            name = "drop",
            description =
                    "Never sends messages that were given up, wait, or have an unknown outcome. What may be visible of"
                            + " them stays.",
            mixinStandardHelpOptions = true)
    static final class DropCommand implements Callable<Integer> {
        @Mixin
        StoreOptions store;

        @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids that outbox list shows.")
        List<Long> numbers;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            long dropped = store.inTransaction(transaction -> numbers.stream()
                    .filter(number -> transaction.deadLetters().drop(number, SystemClock.INSTANCE.instant()))
                    .count());
            if (dropped == 0) {
                throw new InvalidConfigException(ConfigProblem.ofFile(
                        "outbox",
                        "no message with these ids waits, is dead or has an unknown outcome",
                        "see ci-notify outbox list"));
            }
            spec.commandLine().getOut().println("dropped " + dropped + (dropped == 1 ? " message" : " messages"));
            return 0;
        }
    }

    @Command(
            name = "retry",
            description =
                    "Retries dead-lettered messages: by id, of a channel, or all; by id also one with an unknown outcome."
                            + " ci-notify first looks whether a"
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
                return Stream.concat(
                                deadLetters.all().stream().filter(selection.matcher()),
                                deadLetters.unknown().stream().filter(selection::names))
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

        boolean names(DeadLetter letter) {
            return numbers != null && numbers.contains(letter.number());
        }

        Predicate<DeadLetter> matcher() {
            return dead -> all || dead.channel().equals(channel) || names(dead);
        }
    }
}
