// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of lines between slashes, those that are not quoted. */
class QuotedDiffTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
        a/@@ -1,2 +1,2 @@ x/-b/+c/ d/e|a/@@ -1,2 +1,2 @@/e
        diff --git x y/index 1a2b..3c4d/--- x/+++ x/@@ -1 +1 @@/-b/+c/e|@@ -1 +1 @@/e
        diff -Naupr x y/--- x/+++ y/e|e
        @@ -1,9 +1,9 @@/-b/e/-f|@@ -1,9 +1,9 @@/e/-f
        @@ -1 +1 @@/-b/+c/ d/e|@@ -1 +1 @@/ d/e
        @@ -1,2 +1,2 @@/ a/-b/+c/ d|@@ -1,2 +1,2 @@/ d
        @@ -1,2 +1 @@/ a/-b/ c|@@ -1,2 +1 @@/ c
        @@ -1 +1,2 @@/ a/+b/ c|@@ -1 +1,2 @@/ c
        @@ -1,2 +0,0 @@/-a/-b/ c|@@ -1,2 +0,0 @@/ c
        @@ -1 +1 @@/-b/+c/+d/-e/f|@@ -1 +1 @@/f
        @@ -1 +1 @@/-b/+c/+ make cluster-down|@@ -1 +1 @@/+ make cluster-down
        @@ -1 +1,3 @@/-b/+ make test/+ c/+d/e|@@ -1 +1,3 @@/e
        @@ -1 +1 @@/-b/+c/--- FAIL: TestA|@@ -1 +1 @@/--- FAIL: TestA
        @@ -1,9 +1,9 @@/-b/--- FAIL: TestA|@@ -1,9 +1,9 @@/--- FAIL: TestA
        @@ -1 +1 @@/-b/+c/-bash: x: not found|@@ -1 +1 @@/-bash: x: not found
        @@ -1,2 +1,2 @@/ a/-b/+c/--- y/+++ y/@@ -7 +7 @@/-d/+e|@@ -1,2 +1,2 @@/@@ -7 +7 @@
        @@ -1,3 +1,3 @@//-b/+c/ d/e|@@ -1,3 +1,3 @@/e
        @@ -1,99999999999 +1 @@/-b|@@ -1,99999999999 +1 @@/-b
        + make test/- item/--- FAIL: TestA|+ make test/- item/--- FAIL: TestA
        """)
    void linesOfADiffAreLeftOut(String log, String left) {
        QuotedDiff diff = new QuotedDiff();

        assertThat(List.of(log.split("/", -1)).stream()
                        .map(line -> diff.unquoted(line, line))
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("/")))
                .isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({"'12:00:01  }', true", "'12:00:01 }', false"})
    void aLineAfterATimeIsIndentedIfItHasTwoSpaces(String written, boolean quoted) {
        QuotedDiff diff = new QuotedDiff();
        diff.unquoted("@@ -1,2 +1,2 @@", "12:00:00 @@ -1,2 +1,2 @@");

        assertThat(diff.unquoted("}", written).isEmpty()).isEqualTo(quoted);
    }
}
