// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.store.DeadLetters;
import io.kubevirt.cinotify.store.DeadLetters.DeadLetter;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
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

/** Takes up again what was given up. The plugin says it within seconds, unless it is over by now. */
@Command(
        name = "retry",
        description =
                "Takes messages up again that were given up: those of some numbers, of a channel, or all. What may"
                        + " be there already is looked for first; what is over by now is not said.",
        mixinStandardHelpOptions = true)
final class OutboxRetryCommand implements Callable<Integer> {

    @Mixin
    StoreOptions store;

    @ArgGroup(multiplicity = "1")
    Selection selection;

    @Spec
    CommandSpec spec;

    /** One of three. */
    static final class Selection {
        @Parameters(paramLabel = "NUMBER", arity = "1..*", description = "As outbox list shows them.")
        @Nullable List<Long> numbers;

        @Option(names = "--channel", paramLabel = "NAME", description = "All of a channel, such as slack.")
        @Nullable String channel;

        @Option(names = "--all", description = "All.")
        boolean all;

        Predicate<DeadLetter> matcher() {
            return dead ->
                    all || dead.channel().equals(channel) || (numbers != null && numbers.contains(dead.number()));
        }
    }

    @Override
    public Integer call() throws InvalidConfigException {
        long revived = new StoreSession(store).inTransaction(transaction -> {
            DeadLetters messages = transaction.deadLetters();
            return messages.all().stream()
                    .filter(selection.matcher())
                    .filter(dead -> messages.retry(dead.number(), SystemClock.INSTANCE.instant()))
                    .count();
        });
        if (revived == 0) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile("outbox", "no such message was given up", "see ci-notify outbox list"));
        }
        spec.commandLine()
                .getOut()
                .println(revived + (revived == 1 ? " message is" : " messages are")
                        + " taken up again; a running plugin goes on with it within seconds");
        return 0;
    }
}
