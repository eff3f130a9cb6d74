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
public final class Grammar {

    /** The first words that are commands of their own; everything else names somebody to tell. */
    public static final Set<String> VERBS =
            Set.of("ack", "snooze", "reassign", "resolve", "explain", "who", "status", "help", "suggestions", "drill");

    /** What else people write for them. */
    private static final Map<String, String> ALSO =
            Map.of("acknowledge", "ack", "?", "help", "-h", "help", "--help", "help");

    private static final Pattern INCIDENT = Pattern.compile("(?i)[0-9a-f]{10}");

    private static final Set<String> FILLERS = Set.of("to", "for", "is", "on", "@");

    private Grammar() {}

    /** Everything that a text asks for, in its order. */
    public static List<Request> read(String text) {
        return CommandLines.of(text).stream().map(Grammar::request).toList();
    }

    /** Whether a word is the identity of an incident. */
    static boolean isIncident(String word) {
        return INCIDENT.matches(word);
    }

    private static Request request(String line) {
        List<String> words = Blank.words(line);
        if (words.isEmpty()) {
            return new Request.Ask();
        }
        Optional<String> verb = verb(words.getFirst());
        if (verb.isPresent()) {
            return request(verb.get(), words.subList(1, words.size()));
        }
        // "6c64f78b1d ack" is as clear as "ack 6c64f78b1d".
        if (isIncident(words.getFirst())
                && words.size() > 1
                && verb(words.get(1)).isPresent()) {
            List<String> rest = new ArrayList<>(words.subList(2, words.size()));
            rest.add(words.getFirst());
            return request(verb(words.get(1)).orElseThrow(), rest);
        }
        return new Request.Tell(words.getFirst(), Blank.afterFirstWord(line));
    }

    private static Optional<String> verb(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return Optional.of(ALSO.getOrDefault(lower, lower)).filter(VERBS::contains);
    }

    private static Request request(String verb, List<String> words) {
        @Nullable String incident = words.stream()
                .filter(Grammar::isIncident)
                .findFirst()
                .map(id -> id.toLowerCase(Locale.ROOT))
                .orElse(null);
        List<String> rest = words.stream().filter(word -> !isIncident(word)).toList();
        return switch (verb) {
            case "ack" -> new Request.Acknowledge(incident);
            case "resolve" -> new Request.Resolve(incident);
            case "snooze" -> new Request.Snooze(incident, String.join(" ", rest));
            case "reassign" -> new Request.Reassign(incident, firstOf(rest));
            case "explain" -> new Request.Explain(words.isEmpty() ? "" : words.getFirst());
            case "who" -> new Request.Who(firstOf(rest));
            case "status" -> new Request.Status();
            case "suggestions" -> new Request.Suggestions();
            case "drill" -> new Request.Drill();
            default -> new Request.Help();
        };
    }

    private static String firstOf(List<String> words) {
        return words.stream()
                .filter(word -> !FILLERS.contains(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse("");
    }
}
