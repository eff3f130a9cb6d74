// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.text.PastedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

public record Command(CommandHandler handler, CommandArguments arguments) {
    /** Parses the commands of a comment, in order. Takes linear time and never throws. */
    public static List<Command> parseAll(String text) {
        return CommandLineScanner.scan(text).stream().map(Command::parse).toList();
    }

    private static Command parse(String typed) {
        String line = typed.startsWith("[") ? PastedText.withoutLinks(typed) : typed;
        List<String> words = Whitespace.words(PastedText.withoutLinks(line));
        if (words.isEmpty()) {
            return new Command(CommandRegistry.TRIAGE, new CommandArguments(words, ""));
        }
        List<String> rest = words.subList(1, words.size());
        return verb(words.getFirst(), rest)
                .map(handler -> withArguments(handler, rest))
                .or(() -> verbAfterId(words))
                .orElseGet(() -> new Command(
                        CommandRegistry.NOTIFY, CommandArguments.pasted(words, Whitespace.afterFirstWord(line))));
    }

    /**
     * A comma or a colon begins a text for somebody of that name, unless only incidents follow; a slash is that of a command of
     * Prow, by habit.
     */
    private static Optional<CommandHandler> verb(String typed, List<String> rest) {
        String word = typed.startsWith("/") ? typed.substring(1) : typed;
        boolean namesIncidents = !rest.isEmpty()
                && CommandArguments.pasted(rest, "").words().stream().allMatch(CommandArguments::isIncidentId);
        boolean beginsText = (word.endsWith(",") || word.endsWith(":")) && !namesIncidents;
        return CommandRegistry.byName(beginsText ? word : PastedText.word(word));
    }

    /** {@code 6c64f78b1d ack} means the same as {@code ack 6c64f78b1d}. */
    private static Optional<Command> verbAfterId(List<String> words) {
        if (words.size() < 2 || !CommandArguments.isIncidentId(PastedText.word(words.getFirst()))) {
            return Optional.empty();
        }
        List<String> rest = new ArrayList<>(words.subList(2, words.size()));
        rest.add(words.getFirst());
        return verb(words.get(1), rest).map(handler -> withArguments(handler, rest));
    }

    private static Command withArguments(CommandHandler handler, List<String> words) {
        return new Command(handler, CommandArguments.pasted(words, ""));
    }

    /** The stored name: a conversation has one reply comment for each. */
    public String verb() {
        return handler.verb();
    }

    public Permission permission() {
        return handler.help().permission();
    }

    public boolean needsJobFiles() {
        return handler instanceof JobsHandler;
    }

    public boolean needsChecks() {
        return handler.needsChecks();
    }
}
