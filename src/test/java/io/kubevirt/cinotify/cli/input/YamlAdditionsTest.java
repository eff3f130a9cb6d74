// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlAdditionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p: {l: [a]}|p: {l: [a, x]}",
                "p:\\n  l: [a]  # c|p:\\n  l: [a, x]  # c",
                "p:\\n  l:\\n  - a  # c\\n  m: 1|p:\\n  l:\\n  - a  # c\\n  - x\\n  m: 1",
                "p:\\n  l:  # d\\n    - a\\n\\n    # e\\n    - b\\n|p:\\n  l:  # d\\n    - a\\n\\n    # e\\n    - b\\n    - x\\n",
                "p:\\n  l: [a,\\n    b]|unchanged",
                "p:\\n  l: ['a]', b]|unchanged",
                "p:\\n  l: &l [a]\\nq: *l|unchanged",
                "p: 1|unchanged",
            })
    void listsGrow(String before, String after) throws Exception {
        YamlAdditions yaml = new YamlAdditions("f", lines(before));

        boolean changed = yaml.addToList(List.of("x"), "p", "l");

        expect(yaml, changed, before, after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r:\\n  m:\\n    a: 1\\n    b: {c: 2}\\n\\n  d: 3|r:\\n  m:\\n    a: 1\\n    b: {c: 2}\\n    x: y  # why\\n\\n  d: 3",
                "r:\\n  m:\\n    b:\\n      c: 2\\n  d: 3|r:\\n  m:\\n    b:\\n      c: 2\\n    x: y  # why\\n  d: 3",
                "r:\\n  m: {}  # c\\n  d: 3|r:\\n  m:  # c\\n    x: y  # why\\n  d: 3",
                "r:\\n  d: 3\\ne: 4|r:\\n  d: 3\\n  m:\\n    x: y  # why\\ne: 4",
                "r:\\n  m: {a: 1}|unchanged",
                "r: {d: 3}|unchanged",
                "e: 4|unchanged",
            })
    void mappingsGrow(String before, String after) throws Exception {
        YamlAdditions yaml = new YamlAdditions("f", lines(before));
        SequencedMap<String, String> entries = new LinkedHashMap<>(Map.of("x", "y"));

        boolean changed = yaml.addToMapping(entries, Map.of("x", "why"), "r", "m");

        expect(yaml, changed, before, after);
    }

    private static void expect(YamlAdditions yaml, boolean changed, String before, String after) {
        assertThat(changed).isNotEqualTo(after.equals("unchanged"));
        assertThat(yaml.text()).isEqualTo(lines(after.equals("unchanged") ? before : after));
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n") + "\n";
    }
}
