// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage.TextMessage;
import io.kubevirt.cinotify.store.OutboxEntries;
import io.kubevirt.cinotify.store.OutboxEntries.OutboxEntry;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
        mixinStandardHelpOptions = true)
final class OutboxCommand {
    private static final String SEE_LIST = "see ci-notify outbox list";
    private static final Object NONE = "none";

    @Spec
    CommandSpec spec;

    @Command(
            description =
                    "Lists dead-lettered messages, and those with an unknown outcome, with the id for the other commands.",
            mixinStandardHelpOptions = true)
    int list(@Mixin StoreOptions store, @Mixin OutputOptions output) throws InvalidConfigException {
        List<Row> rows = store.read(OutboxCommand::rows);
        rows.forEach(row -> print(output.isJson() ? OutputOptions.json(row) : row.text()));
        if (!output.isJson()) {
            print(
                    rows.isEmpty()
                            ? "No dead-lettered messages, no unknown outcomes."
                            : "Fix the cause, then: ci-notify outbox retry ID..., --channel NAME or --all");
        }
        return 0;
    }

    @Command(
            description =
                    "Shows a message in any state: when it was due, its attempts, and what is known of its outcome.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin StoreOptions store,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "ID", description = "Id that outbox list shows.") long number)
            throws InvalidConfigException {
        OutboxEntry found = store.read(
                        transaction -> transaction.outboxEntries().find(number))
                .orElseThrow(() -> problem("no message has the id " + number));
        print(output.isJson() ? OutputOptions.json(found) : text(found));
        return 0;
    }

    @Command(
            description =
                    "Retries dead-lettered messages: by id, of a channel, or all; by id also one with an unknown outcome."
                            + " ci-notify first looks whether a"
                            + " message was sent after all, and skips what is no longer current.",
            mixinStandardHelpOptions = true)
    int retry(@Mixin StoreOptions store, @ArgGroup(multiplicity = "1") Selection selection)
            throws InvalidConfigException {
        long retried = store.inTransaction(transaction -> {
            OutboxEntries entries = transaction.outboxEntries();
            return Stream.concat(
                            entries.dead().stream().filter(selection::matches),
                            entries.unknown().stream().filter(selection::names))
                    .filter(entry -> entries.retry(entry.number(), SystemClock.INSTANCE.instant()))
                    .count();
        });
        if (retried == 0) {
            throw problem("no dead-lettered message matches");
        }
        print("retrying " + Plural.of(retried, "message") + "; a running plugin sends within seconds");
        return 0;
    }

    @Command(
            description =
                    "Never sends messages that were given up, wait, or have an unknown outcome. What may be visible of"
                            + " them stays.",
            mixinStandardHelpOptions = true)
    int drop(
            @Mixin StoreOptions store,
            @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids that outbox list shows.")
                    List<Long> numbers)
            throws InvalidConfigException {
        long dropped = store.inTransaction(transaction -> numbers.stream()
                .filter(number -> transaction.outboxEntries().drop(number, SystemClock.INSTANCE.instant()))
                .count());
        if (dropped == 0) {
            throw problem("no message with these ids waits, is dead or has an unknown outcome");
        }
        print("dropped " + Plural.of(dropped, "message"));
        return 0;
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
    }

    private static InvalidConfigException problem(String text) {
        return new InvalidConfigException(ConfigProblem.ofFile("outbox", text, SEE_LIST));
    }

    private static List<Row> rows(Transaction transaction) {
        OutboxEntries entries = transaction.outboxEntries();
        return Stream.concat(entries.dead().stream(), entries.unknown().stream())
                .map(entry -> row(entry, transaction.messages().get(entry.messageId())))
                .toList();
    }

    private static String text(OutboxEntry entry) {
        return String.join(
                "\n",
                entry.number() + "  " + entry.channel() + " " + entry.destination() + "  " + entry.messageId(),
                "    state: " + entry.state(),
                "    attempts: " + entry.attempts() + ", first due " + entry.firstDueAt() + ", next " + entry.dueAt(),
                "    last writing request with an unknown outcome: "
                        + Objects.requireNonNullElse(entry.uncertainSince(), NONE),
                "    reference: " + Objects.requireNonNullElse(entry.reference(), NONE),
                "    last problem: " + Objects.requireNonNullElse(entry.problem(), NONE));
    }

    private static Row row(OutboxEntry entry, OutgoingMessage message) {
        return new Row(
                entry.number(),
                entry.state(),
                entry.channel(),
                entry.destination(),
                entry.kind(),
                switch (message) {
                    case OutgoingMessage.IncidentMessage incidentMessage ->
                        incidentMessage.notification().incident().title();
                    case TextMessage textMessage -> textMessage.title();
                },
                entry.firstDueAt(),
                entry.settledAt(),
                entry.uncertainSince(),
                entry.problem());
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

    static final class Selection {
        @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids that outbox list shows.")
        private @Nullable List<Long> numbers;

        @Option(names = "--channel", paramLabel = "NAME", description = "All messages of a channel, such as slack.")
        private @Nullable String channel;

        @Option(names = "--all", description = "All messages.")
        boolean all;

        boolean names(OutboxEntry entry) {
            return numbers != null && numbers.contains(entry.number());
        }

        boolean matches(OutboxEntry entry) {
            return all || entry.channel().equals(channel) || names(entry);
        }
    }
}
