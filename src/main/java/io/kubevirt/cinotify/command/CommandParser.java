// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what people write. Takes linear time, never throws, and knows no names but those of the commands. */
public final class CommandParser {

    /** The first words that are commands of their own; everything else names somebody to tell. */
    public static final Set<String> VERBS =
            Set.of("ack", "snooze", "reassign", "resolve", "explain", "who", "status", "help", "suggestions", "drill");

    /** What else people write for them. */
    private static final Map<String, String> ALIASES =
            Map.of("acknowledge", "ack", "?", "help", "-h", "help", "--help", "help");

    private static final Pattern INCIDENT = Pattern.compile("(?i)[0-9a-f]{10}");

    private static final Set<String> FILLERS = Set.of("to", "for", "is", "on", "@");

    private CommandParser() {}

    /** Everything that a text asks for, in its order. */
    public static List<Command> parse(String text) {
        return CommandLineScanner.scan(text).stream()
                .map(CommandParser::command)
                .toList();
    }

    /** Whether a word is the identity of an incident. */
    static boolean isIncidentId(String word) {
        return INCIDENT.matches(word);
    }

    private static Command command(String line) {
        List<String> words = Whitespace.words(line);
        if (words.isEmpty()) {
            return new Command.Triage();
        }
        Optional<String> verb = verb(words.getFirst());
        if (verb.isPresent()) {
            return command(verb.get(), words.subList(1, words.size()));
        }
        // "6c64f78b1d ack" is as clear as "ack 6c64f78b1d".
        if (isIncidentId(words.getFirst())
                && words.size() > 1
                && verb(words.get(1)).isPresent()) {
            List<String> rest = new ArrayList<>(words.subList(2, words.size()));
            rest.add(words.getFirst());
            return command(verb(words.get(1)).orElseThrow(), rest);
        }
        return new Command.Notify(words.getFirst(), Whitespace.afterFirstWord(line));
    }

    private static Optional<String> verb(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return Optional.of(ALIASES.getOrDefault(lower, lower)).filter(VERBS::contains);
    }

    private static Command command(String verb, List<String> words) {
        @Nullable String incident = words.stream()
                .filter(CommandParser::isIncidentId)
                .findFirst()
                .map(id -> id.toLowerCase(Locale.ROOT))
                .orElse(null);
        List<String> rest = words.stream().filter(word -> !isIncidentId(word)).toList();
        return switch (verb) {
            case "ack" -> new Command.Acknowledge(incident);
            case "resolve" -> new Command.Resolve(incident);
            case "snooze" -> new Command.Snooze(incident, String.join(" ", rest));
            case "reassign" -> new Command.Reassign(incident, firstOf(rest));
            case "explain" -> new Command.Explain(words.isEmpty() ? "" : words.getFirst());
            case "who" -> new Command.Who(firstOf(rest));
            case "status" -> new Command.Status();
            case "suggestions" -> new Command.Suggestions();
            case "drill" -> new Command.Drill();
            default -> new Command.Help();
        };
    }

    private static String firstOf(List<String> words) {
        return words.stream()
                .filter(word -> !FILLERS.contains(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse("");
    }
}
