// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All commands, in the order of the help. A new command is one handler and one entry here. */
final class CommandRegistry {
    static final CommandHandler TRIAGE = new TriageHandler();
    static final CommandHandler NOTIFY = new NotifyHandler();

    static final List<CommandHandler> ALL = List.of(
            TRIAGE,
            NOTIFY,
            new IncidentCommandHandler.Acknowledge(),
            new IncidentCommandHandler.Snooze(),
            new ReassignHandler(),
            FeedbackHandler.wrongCause(),
            FeedbackHandler.notOurs(),
            new SuspectHandler(),
            new IncidentCommandHandler.Resolve(),
            new ExplainHandler(),
            new WhoHandler(),
            new StatusHandler(),
            new JobsHandler(),
            new RuleSuggestions.Handler(),
            new DrillHandler(),
            new CommandHelp.Handler());

    /** The first words that are commands; any other first word names somebody to notify. */
    static final Set<String> VERBS = ALL.stream()
            .filter(handler -> !handler.names().isEmpty())
            .map(CommandHandler::verb)
            .collect(Collectors.toUnmodifiableSet());

    private CommandRegistry() {}

    /** Whether a line such as {@code /ci-notify ack ID} works in a chat. */
    static boolean worksInChat(String line) {
        String[] words = line.split(" ", 3);
        return words.length > 1
                && byName(words[1])
                        .filter(handler -> handler.help().permission().inChat())
                        .isPresent();
    }

    static Optional<CommandHandler> byName(String word) {
        String name = word.toLowerCase(Locale.ROOT);
        return ALL.stream().filter(handler -> handler.names().contains(name)).findFirst();
    }
}
