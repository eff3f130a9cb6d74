// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.text.PastedText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What follows the name of a command.
 *
 * @param words outside text, escape it
 * @param text what follows the first word, as typed; outside text, escape it
 */
public record CommandArguments(List<String> words, String text) {
    private static final Pattern INCIDENT_ID = Pattern.compile("(?i)[0-9a-f]{10}");
    private static final Set<String> FILLERS =
            Set.of("to", "for", "is", "on", "of", "about", "why", "the", "this", "that", "please", "@");
    /** Fillers before a name; the last word is a name, as an area may be called so. */
    private static final Set<String> BEFORE_NAMES =
            Set.of("job", "run", "lane", "incident", "responsible", "owns", "call", "on-call");

    public CommandArguments {
        words = List.copyOf(words);
    }

    /** Words as people paste them, in quotes or with punctuation. */
    static CommandArguments pasted(List<String> words, String text) {
        return new CommandArguments(
                words.stream()
                        .map(PastedText::word)
                        .map(CommandArguments::withoutHash)
                        .toList(),
                text);
    }

    private static String withoutHash(String word) {
        return word.startsWith("#") && isIncidentId(word.substring(1)) ? word.substring(1) : word;
    }

    static boolean isIncidentId(String word) {
        return INCIDENT_ID.matches(word);
    }

    /** The first word; empty if there is none. */
    String first() {
        return words.isEmpty() ? "" : words.getFirst();
    }

    /** The first word that names an incident; empty means the incident of the conversation. */
    Optional<String> incidentId() {
        return words.stream().filter(CommandArguments::isIncidentId).findFirst().map(id -> id.toLowerCase(Locale.ROOT));
    }

    /** Without incident ids and options. */
    String without(Predicate<String> option) {
        return words.stream()
                .filter(word -> !isIncidentId(word) && !option.test(word))
                .collect(Collectors.joining(" "));
    }

    /** The first word that is neither an incident id nor a filler such as "to"; empty if there is none. */
    String target() {
        return named().filter(word -> !isIncidentId(word)).findFirst().orElse("");
    }

    /** The first word that is an incident id or no filler; empty if there is none. */
    String subject() {
        return named().findFirst().orElse("");
    }

    private Stream<String> named() {
        return IntStream.range(0, words.size())
                .filter(position ->
                        !isFiller(words.get(position).toLowerCase(Locale.ROOT), position == words.size() - 1))
                .mapToObj(words::get);
    }

    private static boolean isFiller(String word, boolean isLast) {
        return FILLERS.contains(word) || !isLast && BEFORE_NAMES.contains(word);
    }
}
