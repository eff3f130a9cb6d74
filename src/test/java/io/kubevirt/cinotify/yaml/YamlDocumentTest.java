// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {

    @Nested
    class Scalars {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            true       | BOOLEAN | true
            yes        | BOOLEAN | true
            Off        | BOOLEAN | false
            "yes"      | STRING  | yes
            !!str yes  | STRING  | yes
            ! 7        | STRING  | 7
            7          | NUMBER  | 7
            -7         | NUMBER  | -7
            0          | NUMBER  | 0
            "7"        | STRING  | 7
            !!int "7"  | NUMBER  | 7
            010        | STRING  | 010
            0x10       | STRING  | 0x10
            1_000      | STRING  | 1_000
            1.30       | STRING  | 1.30
            09:30      | STRING  | 09:30
            2026-08-20 | STRING  | 2026-08-20
            tRuE       | STRING  | tRuE
            -          | ARRAY   | ''
            +          | STRING  | +
            ~          | NULL    | null
            NULL       | NULL    | null
            "null"     | STRING  | null
            19581047394850283521 | STRING | 19581047394850283521
            """)
        void aScalarIsNullABooleanADecimalIntegerOrTheTextAsWritten(String written, String type, String text)
                throws InvalidConfigException {
            JsonNode value =
                    read("key: " + (written.equals("-") ? "[]" : written)).path("key");
            assertThat(value.getNodeType()).hasToString(type);
            assertThat(value.asText()).isEqualTo(text);
        }

        @Test
        void aKeyIsAlwaysText() throws InvalidConfigException {
            assertThat(read("on: 1\n010: 2\n~: 3\ntrue: 4\n? long\n: 5\n").properties())
                    .extracting(java.util.Map.Entry::getKey)
                    .containsExactly("on", "010", "~", "true", "long");
        }

        @Test
        void anEmptyDocumentHasNoContent() throws InvalidConfigException {
            for (String empty : new String[] {"", "\n\n", "# only a comment\n", "---\n", "--- ~\n...\n"}) {
                assertThat(read(empty).isMissingNode()).as("<%s>", empty).isTrue();
            }
        }
    }

    @Nested
    class Merges {

        @Test
        void ownKeysOverrideMergedKeysInAnyOrder() throws InvalidConfigException {
            JsonNode root = read("base: &b {a: 1, b: 2}\nabove: {<<: *b, a: 3}\nbelow: {a: 3, <<: *b}\n");
            assertThat(root.path("above")).isEqualTo(root.path("below"));
            assertThat(root.at("/above/a").asInt()).isEqualTo(3);
            assertThat(root.at("/above/b").asInt()).isEqualTo(2);
        }

        @Test
        void theFirstMergedMappingWins() throws InvalidConfigException {
            JsonNode root = read("x: &x {a: 1}\ny: &y {a: 2, b: 2}\nlist: {<<: [*x, *y]}\ntwice: {<<: *y, <<: *x}\n");
            assertThat(root.at("/list/a").asInt()).isEqualTo(1);
            assertThat(root.at("/list/b").asInt()).isEqualTo(2);
            assertThat(root.at("/twice/a").asInt()).isEqualTo(2);
        }

        @Test
        void mergesMayBeNested() throws InvalidConfigException {
            JsonNode root = read("x: &x {a: 1, b: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y, c: 3}\n");
            assertThat(root.path("z")).hasToString("{\"c\":3,\"b\":2,\"a\":1}");
        }

        @Test
        void aQuotedMergeKeyIsAnOrdinaryKey() throws InvalidConfigException {
            assertThat(read("\"<<\": {a: 1}\n")).hasToString("{\"<<\":{\"a\":1}}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"<<: word", "<<:", "<<: [word]", "x: &x {a: 1}\ny: {<<: [[*x]]}"})
        void onlyMappingsMerge(String text) {
            assertThat(problem(text).problem()).contains("merges something that is not a mapping");
        }
    }

    /** Checked against sigs.k8s.io/yaml 1.6. */
    @Nested
    class AsProw {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            y          | BOOLEAN | true
            No         | BOOLEAN | false
            "yes"      | STRING  | yes
            010        | NUMBER  | 8
            0o14       | NUMBER  | 12
            0x10       | NUMBER  | 16
            -0b11      | NUMBER  | -3
            1_000      | NUMBER  | 1000
            +1         | NUMBER  | 1
            1.30       | STRING  | 1.3
            1.         | STRING  | 1
            .5         | STRING  | 0.5
            08         | STRING  | 8
            1e6        | STRING  | 1e+06
            123456789.0 | STRING | 1.2345679e+08
            0.00001    | STRING  | 1e-05
            12345678901234567890 | NUMBER | 12345678901234567890
            09:30      | STRING  | 09:30
            2026-01-01 | STRING  | 2026-01-01
            -          | STRING  | -
            -x         | STRING  | -x
            ~          | NULL    | null
            """)
        void aScalarIsThatOfYaml11(String written, String type, String text) throws InvalidConfigException {
            JsonNode value = prow("[%s]".formatted(written.equals("-") ? "'-'" : written))
                    .path(0);
            assertThat(value.getNodeType()).hasToString(type);
            assertThat(value.asText()).isEqualTo(text);
        }

        @Test
        void theLastValueOfAKeyWinsAndAMergeIsOneAtItsPlace() throws InvalidConfigException {
            assertThat(prow("a: 1\nb: 2\na: 3\n")).hasToString("{\"a\":3,\"b\":2}");
            JsonNode merged = prow("x: &x {a: 1, b: 1}\ny: &y {a: 2}\nz: {a: 0, <<: [*x, *y], b: 3}\n");
            assertThat(merged.path("z")).hasToString("{\"a\":1,\"b\":3}");
        }

        @Test
        void onlyTheFirstDocumentCounts() throws InvalidConfigException {
            assertThat(prow("---\na: 1\n---\n[")).hasToString("{\"a\":1}");
            assertThat(prow("---\n---\na: 1\n").isMissingNode()).isTrue();
        }

        @Test
        void keysAreTextsOfTheirValues() throws InvalidConfigException {
            assertThat(prow("on: 1\n010: 2\n&k e: 3\n? *k\n: 4\n")).hasToString("{\"true\":1,\"8\":2,\"e\":4}");
        }

        private static JsonNode prow(String text) throws InvalidConfigException {
            return YamlDocument.parseAsProw("some.yaml", text).root();
        }
    }

    @Nested
    class Locations {

        private final String text = """
            # a comment
            first: &first
              list:
              - name: a
                deep: {x: 1,
                       y: 2}
              - name: b
            second:
              <<: *first
              own: "a
                long text"
            """;

        @ParameterizedTest
        @CsvSource({
            "/first, 2",
            "/first/list, 3",
            "/first/list/0, 4",
            "/first/list/0/deep/y, 6",
            "/first/list/1/name, 7",
            "/second, 8",
            "/second/list/1, 7",
            "/second/own, 10",
            "/second/own/none, 10",
            "/second/none/at/all, 8",
            "/first/list/7/name, 3",
            "/first/list/name, 3"
        })
        void anUnknownNodeHasTheLineOfItsNearestAncestor(String pointer, int line) throws InvalidConfigException {
            assertThat(YamlDocument.parse("f", text).line(JsonPointer.compile(pointer)))
                    .isEqualTo(line);
        }

        @Test
        void anEmptyDocumentHasNoLines() throws InvalidConfigException {
            assertThat(YamlDocument.parse("f", "").line(JsonPointer.compile("/a")))
                    .isNull();
        }

        @Test
        void aProblemNamesFileAndLine() throws InvalidConfigException {
            YamlDocument document = YamlDocument.parse("jobs.yaml", text);
            assertThat(document.problem(JsonPointer.compile("/second/own"), "too long", "shorten it"))
                    .hasToString("jobs.yaml:10: too long; shorten it");
        }
    }

    @Nested
    class Problems {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            a: 1\\nb: 2\\na: 3        | 3 | the key "a" is repeated in this mapping
            a: 1\\n\\tb: 2            | 2 | cannot start any token
            a: [1, 2                  | 1 | expected ',' or ']'
            a: 1\\n---\\nb: 2         | 2 | a second document starts here
            a: &a\\n  b: *a           | 2 | refers to a node that contains it
            a: &a\\n- *a              | 2 | refers to a node that contains it
            a: &a {<<: *a}            | 1 | refers to a node that contains it
            a: *b                     | 1 | is not defined above
            ? [a]\\n: b               | 1 | a key is not a string
            a: b: c                   | 1 | mapping values are not allowed here
            a: "\\1"                   | 1 | invalid character U+0001
            a: 1\\n<<<<<<< HEAD\\nb: 2\\n=======\\nb: 3\\n>>>>>>> x | 2 | unresolved merge conflict
            """)
        void aProblemHasLineAndHint(String text, int line, String message) {
            ConfigProblem problem = problem(text.translateEscapes());
            assertThat(problem.file()).isEqualTo("some.yaml");
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.problem()).contains(message);
            assertThat(problem.hint()).isNotBlank();
        }

        @ParameterizedTest
        @ValueSource(strings = {"[", "{a: ", "- ", "? ", "&a [", "!!seq ["})
        void tenThousandLevelsAreTooDeep(String level) {
            assertThatCode(() -> YamlDocument.parse("f", level.repeat(10_000)))
                    .isInstanceOf(InvalidConfigException.class);
        }

        @Test
        void tenThousandLevelsOfIndentationAreTooDeep() {
            String text = IntStream.range(0, 10_000)
                    .mapToObj(level -> " ".repeat(level) + "a:\n")
                    .collect(Collectors.joining());
            assertThat(problem(text).problem()).contains("more than 100 levels of nesting");
        }

        @Test
        void aliasExpansionIsLimited() {
            String sequences =
                    nestedAliases(level -> "[" + "*a%d,".formatted(level).repeat(10) + "]", "[ha]");
            String merges =
                    nestedAliases(level -> "{x: *a%d, y: *a%d, <<: *a%d}".formatted(level, level, level), "{ha: ha}");
            assertThat(problem(sequences).problem()).contains("when the aliases are expanded");
            assertThat(problem(merges).problem()).contains("when the aliases are expanded");
        }

        @Test
        void mergeExpansionIsLimited() {
            String base = "base: &b\n"
                    + IntStream.range(0, 5_000)
                            .mapToObj("  k%d: v\n"::formatted)
                            .collect(Collectors.joining());
            String merges = "many:\n" + "- <<: *b\n".repeat(5_000);
            assertThat(problem(base + merges).problem()).contains("when the aliases are expanded");
        }

        private static String nestedAliases(java.util.function.IntFunction<String> level, String bottom) {
            return "a0: &a0 " + bottom + "\n"
                    + IntStream.range(1, 40)
                            .mapToObj(i -> "a%d: &a%d %s\n".formatted(i, i, level.apply(i - 1)))
                            .collect(Collectors.joining());
        }
    }

    @Test
    void anAnchorMayBeRedefinedAndMayBeOnAKey() throws InvalidConfigException {
        assertThat(read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n&k e: *k\n"))
                .hasToString("{\"a\":1,\"b\":1,\"c\":2,\"d\":2,\"e\":\"e\"}");
    }

    private static JsonNode read(String text) throws InvalidConfigException {
        return YamlDocument.parse("some.yaml", text).root();
    }

    private static ConfigProblem problem(String text) {
        InvalidConfigException invalid =
                catchThrowableOfType(InvalidConfigException.class, () -> YamlDocument.parse("some.yaml", text));
        assertThat(invalid).as(text.substring(0, Math.min(100, text.length()))).isNotNull();
        return invalid.problems().getFirst();
    }
}
