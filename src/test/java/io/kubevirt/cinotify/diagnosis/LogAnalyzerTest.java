// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import io.kubevirt.cinotify.diagnosis.LineRules.LinePattern;
import io.kubevirt.cinotify.diagnosis.LogAnalyzer.CauseLine;
import io.kubevirt.cinotify.routing.Cause;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogAnalyzerTest {

    private static final int SEEDS = 200;

    private static final LineRules RULES = new LineRules(
            List.of(
                    rule("teardown", LineKind.TEARDOWN, "clearing|failed: down"),
                    rule("noise", LineKind.NOISE, "not decodable"),
                    rule("cause", LineKind.CAUSE, "cause (?P<what>\\w+)"),
                    rule("hint", LineKind.HINT, "hint")),
            List.of(Pattern.compile("^begin")),
            List.of(Pattern.compile("^failed: ")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a; cause one; cause two; failed: x | cause one",
                "a; hint; cause late; failed: x | cause late",
                "hint; failed: x | hint",
                "cause earlier; begin; cause this; failed: x | cause this",
                "cause earlier; begin; b; failed: x | failed: x",
                "cause this; failed: x; cause after | cause this",
                "a; failed: x; clearing cause; not decodable; cause after | cause after",
                "hint; failed: x; cause after | hint",
                "cause this; clearing; failed: down | cause this",
                "clearing; failed: down; not decodable | ''",
                "not decodable | ''",
                "a; b | ''",
            })
    void theFirstCauseOfThePhaseThatFailedCounts(String lines, String expected) {
        assertThat(LogAnalyzer.findCause(RULES, BuildLog.whole(List.of(lines.split("; "))))
                        .map(CauseLine::text)
                        .orElse(""))
                .isEqualTo(expected);
    }

    @Test
    void afterAGapTheTailTakesPrecedenceOverTheHead() {
        BuildLog log = new BuildLog(List.of("cause early"), List.of("cause late", "failed: x"), true, 1_000_000);
        assertThat(LogAnalyzer.findCause(RULES, log).map(CauseLine::text)).contains("cause late");

        BuildLog silent = new BuildLog(List.of("cause early"), List.of("b"), true, 1_000_000);
        assertThat(LogAnalyzer.findCause(RULES, silent).map(CauseLine::text)).contains("cause early");
    }

    @Test
    void theLiteralPrefilterChangesNoResult() {
        String alphabet = "ab.*+?()[]|\\d{2}^$x-";
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < 50; i++) {
                String text = (random.nextBoolean() ? "(?i)" : "") + some(random, alphabet, 12);
                Pattern pattern;
                try {
                    pattern = Pattern.compile(text);
                } catch (com.google.re2j.PatternSyntaxException notAPattern) {
                    continue;
                }
                String line = some(random, "abBdx.-2[]()", 10);
                assertThat(new LinePattern(pattern).matches(line))
                        .as("seed %d: %s in %s, literals %s", seed, text, line, LiteralPrefilter.literalsOf(text))
                        .isEqualTo(pattern.matcher(line).find());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "make: \\*\\*\\* \\[[^\\]]*cluster-down\\] | cluster-down]",
                "volume .* is being used | ' is being used'",
                "(?P<what>no such host) | no such host",
                "'(dial|lookup) (tcp|udp): no' | dial;lookup",
                "'(a|bc)?def[[:alpha:]]+gh' | def",
                "ab?c{ | c{",
                "[^]abc]def | def",
                "[]abc]def | def",
                "[[:alpha:]x]def | def",
                "[\\]ab]def | def",
                "[[:]def | ''",
                "\\pLdef | ''",
                "\\d+def\\. | def.",
                "'(?:ab|cd)efg' | efg",
                "'(?:one|two) three' | ' three'",
                "(?i)aBc | abc",
                "\\x41bc | ''",
                "a{2}bcd | bcd",
                "'(a|)' | ''",
            })
    void everyMatchContainsALiteral(String pattern, String literals) {
        assertThat(LiteralPrefilter.literalsOf(pattern))
                .containsExactlyInAnyOrder(literals.isEmpty() ? new String[0] : literals.split(";"));
    }

    private static String some(Random random, String alphabet, int most) {
        return random.ints(random.nextInt(most) + 1L, 0, alphabet.length())
                .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                .collect(Collectors.joining());
    }

    private static LineRule rule(String name, LineKind kind, String pattern) {
        return new LineRule(
                name,
                kind,
                List.of(Pattern.compile(pattern)),
                Cause.SETUP,
                null,
                null,
                "words",
                null,
                List.of(),
                List.of());
    }
}
