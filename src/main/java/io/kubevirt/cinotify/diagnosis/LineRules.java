// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
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
        return rules.stream()
                .filter(rule -> rule.matches(line))
                .map(CompiledRule::rule)
                .findFirst();
    }

    /** The first rule of the kind environment with a match in a text of several lines. */
    Optional<LineRule> environmentIn(String text) {
        return rules.stream()
                .filter(compiled -> compiled.rule().kind() == LineKind.ENVIRONMENT && compiled.matches(text))
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

    /**
     * A pattern with a literal prefilter: it is matched only against lines that contain the longest literal of every
     * match. Logs have tens of thousands of lines, and searching a literal is a hundred times faster than a pattern.
     */
    static final class LinePattern {
        private static final String GROUP = "what";

        private final Pattern pattern;
        private final String literal;

        LinePattern(Pattern pattern) {
            this.pattern = pattern;
            this.literal = LiteralPrefilter.longestLiteral(pattern.pattern());
        }

        boolean matches(String line) {
            return line.contains(literal) && pattern.matcher(line).find();
        }

        /** The part of the line that identifies the failure; empty if the pattern does not match. */
        Optional<String> detail(String line) {
            Matcher matcher = pattern.matcher(line);
            if (!line.contains(literal) || !matcher.find()) {
                return Optional.empty();
            }
            String captured = pattern.namedGroups().containsKey(GROUP) ? matcher.group(GROUP) : matcher.group();
            return Optional.of(captured == null ? matcher.group() : captured);
        }

        /** Finds a literal that every match of a pattern contains, for patterns without alternatives and flags. */
        static final class LiteralPrefilter {
            private static final String SPECIAL = "\\^$.|?*+()[]{}";

            /** Character classes and boundaries, which match no fixed character. */
            private static final String CLASSES = "dDwWsSbB";

            private final String pattern;
            private final StringBuilder run = new StringBuilder();
            private String longest = "";
            private int depth;

            private LiteralPrefilter(String pattern) {
                this.pattern = pattern;
            }

            /** The longest such literal; empty if there is none. */
            static String longestLiteral(String pattern) {
                boolean hasFlags =
                        pattern.replace("(?P<", "(").replace("(?:", "(").contains("(?");
                return pattern.indexOf('|') >= 0 || hasFlags ? "" : new LiteralPrefilter(pattern).find();
            }

            private String find() {
                int at = 0;
                while (at < pattern.length()) {
                    char current = pattern.charAt(at);
                    if (current == '\\') {
                        char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : '\\';
                        if (SPECIAL.indexOf(next) < 0 && CLASSES.indexOf(next) < 0 && Character.isLetterOrDigit(next)) {
                            return "";
                        }
                        append(next, CLASSES.indexOf(next) < 0);
                        at += 2;
                    } else if (current == '[') {
                        end();
                        at = afterClass(at);
                    } else {
                        special(current);
                        at++;
                    }
                }
                end();
                return longest;
            }

            private void special(char current) {
                if (current == '?' || current == '*' || current == '{') {
                    run.setLength(Math.max(0, run.length() - 1));
                }
                depth += current == '(' || current == '{' ? 1 : 0;
                depth -= current == ')' || current == '}' ? 1 : 0;
                append(current, SPECIAL.indexOf(current) < 0);
            }

            private void append(char current, boolean isPlain) {
                if (isPlain && depth == 0) {
                    run.append(current);
                } else {
                    end();
                }
            }

            private void end() {
                longest = run.length() > longest.length() ? run.toString() : longest;
                run.setLength(0);
            }

            /** A closing bracket at the start of a character class is part of the class. */
            private int afterClass(int open) {
                int at = open + 1 + (pattern.startsWith("^", open + 1) ? 1 : 0);
                at += pattern.startsWith("]", at) ? 1 : 0;
                while (at < pattern.length() && pattern.charAt(at) != ']') {
                    at += pattern.charAt(at) == '\\' ? 2 : 1;
                }
                return at + 1;
            }
        }
    }
}
