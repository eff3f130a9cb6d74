// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Literals of which every match of a pattern contains at least one. Logs have tens of thousands of lines, and searching
 * literals is a hundred times faster than a pattern. An empty set rules out nothing.
 */
final class LiteralPrefilter {
    private static final Pattern COUNT = Pattern.compile("\\{\\d+(,\\d*)?\\}");

    /** Character classes and boundaries, which match no fixed character. */
    private static final String CLASSES = "dDwWsSbB";

    private final String pattern;
    private int at;
    private boolean understood = true;

    private LiteralPrefilter(String pattern) {
        this.pattern = pattern;
    }

    static boolean ignoresCase(String pattern) {
        return pattern.startsWith("(?i)");
    }

    /** In lower case if the pattern ignores the case. */
    static Set<String> literalsOf(String pattern) {
        if (ignoresCase(pattern)) {
            return Set.copyOf(literalsOf(pattern.substring("(?i)".length()).toLowerCase(Locale.ROOT)));
        }
        boolean hasFlags = pattern.replace("(?p<", "(")
                .replace("(?P<", "(")
                .replace("(?:", "(")
                .contains("(?");
        LiteralPrefilter prefilter = new LiteralPrefilter(pattern);
        Set<String> literals = hasFlags ? Set.of() : prefilter.alternatives();
        return prefilter.understood ? literals : Set.of();
    }

    private Set<String> alternatives() {
        List<Set<String>> branches = new ArrayList<>();
        branches.add(branch());
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            branches.add(branch());
        }
        Set<String> all = new HashSet<>();
        branches.forEach(all::addAll);
        return branches.stream().anyMatch(Set::isEmpty) ? Set.of() : all;
    }

    /** The part of a branch that rules out most: the one whose shortest literal is longest. */
    private Set<String> branch() {
        List<Set<String>> parts = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int start = at;
            Set<String> part = part();
            String quantifier = quantifier();
            boolean optional = !quantifier.isEmpty() && !quantifier.equals("+");
            boolean character = part.size() == 1 && pattern.charAt(start) != '(';
            if (character && !optional) {
                run.append(part.iterator().next());
            }
            if (!character || !quantifier.isEmpty()) {
                parts.add(Set.of(run.toString()));
                run.setLength(0);
            }
            if (!character && !optional) {
                parts.add(part);
            }
            while (!quantifier().isEmpty()) {
                at += quantifier().length();
            }
        }
        parts.add(Set.of(run.toString()));
        return parts.stream()
                .filter(part -> shortest(part) > 0)
                .max(Comparator.comparingInt(LiteralPrefilter::shortest))
                .orElse(Set.of());
    }

    private static int shortest(Collection<String> literals) {
        return literals.stream().mapToInt(String::length).min().orElse(0);
    }

    /** Called after each character: a search of the rest of the pattern is only worth it at a brace. */
    private String quantifier() {
        char next = at < pattern.length() ? pattern.charAt(at) : ' ';
        if (next == '?' || next == '*' || next == '+') {
            return String.valueOf(next);
        }
        if (next != '{') {
            return "";
        }
        Matcher count = COUNT.matcher(pattern);
        return count.find(at) && count.start() == at ? count.group() : "";
    }

    /** A character, escape, class or group; what has no fixed characters is empty. */
    private Set<String> part() {
        char current = pattern.charAt(at++);
        return switch (current) {
            case '\\' -> escape();
            case '[' -> {
                skipClass();
                yield Set.of();
            }
            case '(' -> group();
            case '.', '^', '$' -> Set.of();
            default -> Set.of(String.valueOf(current));
        };
    }

    private Set<String> escape() {
        char escaped = pattern.charAt(at++);
        boolean fixed = !Character.isLetterOrDigit(escaped);
        if (!fixed && CLASSES.indexOf(escaped) < 0) {
            // \pN, \x{..} and the like.
            understood = false;
        }
        return fixed ? Set.of(String.valueOf(escaped)) : Set.of();
    }

    private Set<String> group() {
        if (pattern.startsWith("?", at)) {
            at = pattern.startsWith("?:", at) ? at + 2 : pattern.indexOf('>', at) + 1;
        }
        Set<String> inner = alternatives();
        at++;
        return inner;
    }

    /** A closing bracket at the start of a character class is part of the class. */
    private void skipClass() {
        at += pattern.startsWith("^", at) ? 1 : 0;
        at += pattern.startsWith("]", at) ? 1 : 0;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            boolean named = pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0;
            at = named ? pattern.indexOf(":]", at) + 2 : at + (pattern.charAt(at) == '\\' ? 2 : 1);
        }
        at++;
    }
}
