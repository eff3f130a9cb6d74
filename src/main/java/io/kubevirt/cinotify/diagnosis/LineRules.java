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
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/** What lines of build logs mean; the first rule that matches a line speaks for it. */
public final class LineRules {

    /** Rules that know no line. */
    public static final LineRules NONE = new LineRules(List.of(), List.of(), List.of());

    private final List<Compiled> rules;
    private final List<LinePattern> begins;
    private final List<LinePattern> ends;

    private record Compiled(LineRule rule, List<LinePattern> patterns) {
        Optional<String> what(String line) {
            return patterns.stream()
                    .flatMap(pattern -> pattern.what(line).stream())
                    .findFirst();
        }

        boolean matches(String line) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(line));
        }
    }

    /**
     * @param rules first match wins
     * @param begins lines with which a further phase of a run begins, so that the one before it went well
     * @param ends lines with which a phase fails
     */
    public LineRules(List<LineRule> rules, List<Pattern> begins, List<Pattern> ends) {
        this.rules = rules.stream()
                .map(rule -> new Compiled(rule, compiled(rule.patterns())))
                .toList();
        this.begins = compiled(begins);
        this.ends = compiled(ends);
    }

    /** The rule that speaks for a line. */
    public Optional<LineRule> of(String line) {
        return rules.stream()
                .filter(rule -> rule.matches(line))
                .map(Compiled::rule)
                .findFirst();
    }

    /** What is characteristic of a line for a rule that matches it. */
    String what(LineRule rule, String line) {
        return rules.stream()
                .filter(compiled -> compiled.rule().equals(rule))
                .findFirst()
                .flatMap(compiled -> compiled.what(line))
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
