// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks the values of a configuration block once they are bound, and collects the problems.
 *
 * <p>A block checks itself: {@code void check(ConfigValidator check)}. Paths are relative to the block; every problem
 * starts with the full path, as {@code sending.attempts: }, and has the line of the node.
 */
public final class ConfigValidator {
    private final YamlDocument document;
    private final JsonPointer block;
    private final KnownNames names;
    private final List<ConfigProblem> problems;

    /** Names that blocks may refer to; {@code sigs} is null if they could not be read: they are not checked. */
    public record KnownNames(Set<String> areas, @Nullable Set<String> sigs, String sigsFile, Set<String> channels) {
        /** For documents that name no area, SIG or channel. */
        public static final KnownNames NONE = new KnownNames(Set.of(), null, "", Set.of());

        public KnownNames {
            areas = Set.copyOf(areas);
            sigs = sigs == null ? null : Set.copyOf(sigs);
            channels = Set.copyOf(channels);
        }
    }

    public ConfigValidator(YamlDocument document, KnownNames names) {
        this(document, JsonPointer.empty(), names, new ArrayList<>());
    }

    private ConfigValidator(YamlDocument document, JsonPointer block, KnownNames names, List<ConfigProblem> problems) {
        this.document = document;
        this.block = block;
        this.names = names;
        this.problems = problems;
    }

    /** A validator for a block below this one; both add to the same problems. */
    public ConfigValidator at(Object... steps) {
        return new ConfigValidator(document, JsonPointers.append(block, steps), names, problems);
    }

    public List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /** Adds a problem of the node at a path below this block; none for the block itself. */
    public void report(String problem, String hint, Object... at) {
        JsonPointer pointer = JsonPointers.append(block, at);
        problems.add(document.problem(pointer, JsonPointers.messagePrefix(pointer) + problem, hint));
    }

    public @Nullable Integer line(Object... at) {
        return document.line(JsonPointers.append(block, at));
    }

    public void area(@Nullable String area, Object... at) {
        if (area != null) {
            oneOf(area, "area", names.areas(), at);
        }
    }

    /** Reports an unknown SIG, if the SIGs could be read. */
    public void sig(@Nullable String sig, Object... at) {
        if (sig != null && names.sigs() != null) {
            oneOf(sig, "SIG", names.sigs(), at);
        }
    }

    public void channel(String channel, Object... at) {
        oneOf(channel, "channel", names.channels(), at);
    }

    /** Reports a word that is not among the known ones, with the closest of them. */
    public void oneOf(String word, String kind, Collection<String> known, Object... at) {
        if (!known.contains(word)) {
            String source = kind.equals("SIG") ? " " + names.sigsFile() : "";
            report(
                    "unknown " + kind + " \"" + word + "\"",
                    ClosestMatch.find(word, known)
                            .map(closest -> "did you mean \"" + closest + "\"?")
                            .orElse("use one of" + source + ": "
                                    + String.join(", ", known.stream().sorted().toList())),
                    at);
        }
    }

    /** Reports a number below the minimum; null is accepted. */
    public void atLeast(@Nullable Integer number, int least, Object... at) {
        if (number != null && number < least) {
            report("is " + number + ", must be at least " + least, "use " + least + " or more", at);
        }
    }

    public void between(@Nullable Integer number, int least, int most, Object... at) {
        if (number != null && (number < least || number > most)) {
            report("is " + number + ", must be from " + least + " to " + most, "use a number in this range", at);
        }
    }

    /** Reports a share outside 1 to 100 percent; null is accepted. */
    public void percentage(@Nullable Integer share, Object... at) {
        if (share != null && (share < 1 || share > 100)) {
            report("is " + share + ", must be a percentage", "use a number from 1 to 100", at);
        }
    }

    public void positive(@Nullable Duration duration, Object... at) {
        if (duration != null && !duration.isPositive()) {
            report("must be longer than 0s", "use a duration such as 30m or 24h", at);
        }
    }

    /** Reports entries of a list whose name repeats that of an earlier one. */
    public <T> void unique(List<T> entries, Function<T, String> name, String kind, Object... list) {
        uniqueBy("name", entries, name, kind, list);
    }

    /** Reports entries of a list whose {@code key} repeats that of an earlier one. */
    public <T> void uniqueBy(String key, List<T> entries, Function<T, String> value, String kind, Object... list) {
        Map<String, Integer> first = new HashMap<>();
        ConfigValidator below = at(list);
        for (int index = 0; index < entries.size(); index++) {
            String given = value.apply(entries.get(index));
            Integer other = first.putIfAbsent(given, index);
            if (other != null && !given.isBlank()) {
                below.report(
                        "another " + kind + " has the " + key + " \"" + given + "\" (line " + below.line(other, key)
                                + ")",
                        "give each " + kind + " a unique " + key,
                        index,
                        key);
            }
        }
    }
}
