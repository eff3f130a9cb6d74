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

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.store.DeadMessages;
import io.kubevirt.cinotify.store.DeadMessages.Dead;
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
    Which which;

    @Spec
    CommandSpec spec;

    /** One of three. */
    static final class Which {
        @Parameters(paramLabel = "NUMBER", arity = "1..*", description = "As outbox list shows them.")
        @Nullable List<Long> numbers;

        @Option(names = "--channel", paramLabel = "NAME", description = "All of a channel, such as slack.")
        @Nullable String channel;

        @Option(names = "--all", description = "All.")
        boolean all;

        Predicate<Dead> wanted() {
            return dead ->
                    all || dead.channel().equals(channel) || (numbers != null && numbers.contains(dead.number()));
        }
    }

    @Override
    public Integer call() throws InvalidDocument {
        long revived = new StoreInUse(store).inTransaction(transaction -> {
            DeadMessages messages = transaction.deadMessages();
            return messages.all().stream()
                    .filter(which.wanted())
                    .filter(dead -> messages.revive(dead.number(), SystemClock.INSTANCE.instant()))
                    .count();
        });
        if (revived == 0) {
            throw new InvalidDocument(
                    Problem.ofFile("outbox", "no such message was given up", "see ci-notify outbox list"));
        }
        spec.commandLine()
                .getOut()
                .println(revived + (revived == 1 ? " message is" : " messages are")
                        + " taken up again; a running plugin goes on with it within seconds");
        return 0;
    }
}
