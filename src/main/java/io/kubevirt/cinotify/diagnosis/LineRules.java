// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules for lines of build logs; the first rule that matches a line applies. */
public final class LineRules {
    public static final LineRules NONE = new LineRules(List.of(), List.of(), List.of());

    private final List<CompiledRule> rules;
    private final List<LinePattern> begins;
    private final List<LinePattern> ends;

    private record CompiledRule(LineRule rule, List<LinePattern> patterns) {
        Optional<String> detail(String line) {
            return patterns.stream()
                    .flatMap(pattern -> pattern.detail(line).stream())
                    .findFirst();
        }

        boolean matches(String line, String lowerCase) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(line, lowerCase));
        }
    }

    /**
     * The first match wins. A {@code begins} line starts a phase, so the one before succeeded; {@code ends} fails it.
     */
    public LineRules(List<LineRule> rules, List<Pattern> begins, List<Pattern> ends) {
        this.rules = rules.stream()
                .map(rule -> new CompiledRule(rule, compiled(rule.patterns())))
                .toList();
        this.begins = compiled(begins);
        this.ends = compiled(ends);
    }

    public Optional<LineRule> ruleFor(String line) {
        String lowerCase = line.toLowerCase(Locale.ROOT);
        return rules.stream()
                .filter(rule -> rule.matches(line, lowerCase))
                .map(CompiledRule::rule)
                .findFirst();
    }

    /** The first rule of the kind environment with a match in a text of several lines. */
    Optional<LineRule> environmentIn(String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        return rules.stream()
                .filter(compiled -> compiled.rule().kind() == LineKind.ENVIRONMENT && compiled.matches(text, lowerCase))
                .map(CompiledRule::rule)
                .findFirst();
    }

    String detail(LineRule rule, String line) {
        return rules.stream()
                .filter(compiled -> compiled.rule().equals(rule))
                .findFirst()
                .flatMap(compiled -> compiled.detail(line))
                .orElse(line);
    }

    boolean begins(String line) {
        return begins.stream().anyMatch(pattern -> pattern.matches(line));
    }

    boolean ends(String line) {
        return ends.stream().anyMatch(pattern -> pattern.matches(line));
    }

    private static List<LinePattern> compiled(List<Pattern> patterns) {
        return patterns.stream().map(LinePattern::new).toList();
    }

    /** A pattern that is matched only against lines with one of its literals. */
    static final class LinePattern {
        private static final String GROUP = "what";

        private final Pattern pattern;
        private final List<String> literals;
        private final boolean ignoresCase;

        LinePattern(Pattern pattern) {
            this.pattern = pattern;
            this.literals = List.copyOf(LiteralPrefilter.literalsOf(pattern.pattern()));
            this.ignoresCase = LiteralPrefilter.ignoresCase(pattern.pattern());
        }

        boolean matches(String line) {
            return matches(line, line.toLowerCase(Locale.ROOT));
        }

        boolean matches(String line, String lowerCase) {
            return mayMatch(ignoresCase ? lowerCase : line)
                    && pattern.matcher(line).find();
        }

        private boolean mayMatch(String line) {
            for (String literal : literals) {
                if (line.contains(literal)) {
                    return true;
                }
            }
            return literals.isEmpty();
        }

        /** The part of the line that identifies the failure; empty if the pattern does not match. */
        Optional<String> detail(String line) {
            Matcher matcher = pattern.matcher(line);
            if (!matcher.find()) {
                return Optional.empty();
            }
            String captured = pattern.namedGroups().containsKey(GROUP) ? matcher.group(GROUP) : matcher.group();
            return Optional.of(captured == null ? matcher.group() : captured);
        }
    }
}
