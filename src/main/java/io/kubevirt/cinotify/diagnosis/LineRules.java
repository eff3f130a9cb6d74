// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Pattern;
import java.util.List;
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

        boolean matches(String line) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(line));
        }
    }

    /**
     * The first matching rule wins. A line of {@code begins} starts a phase, so the one before succeeded; one of {@code
     * ends} ends a failed phase.
     */
    public LineRules(List<LineRule> rules, List<Pattern> begins, List<Pattern> ends) {
        this.rules = rules.stream()
                .map(rule -> new CompiledRule(rule, compiled(rule.patterns())))
                .toList();
        this.begins = compiled(begins);
        this.ends = compiled(ends);
    }

    public Optional<LineRule> ruleFor(String line) {
        return rules.stream()
                .filter(rule -> rule.matches(line))
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
}
