// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

    @Test
    void equalTextsHaveNoDifference() {
        assertThat(UnifiedDiff.of("f", "a\nb\n", "a\nb")).isEmpty();
    }

    @Test
    void distantChangesAreHunksOfTheirOwn() {
        String before = lines(1, 20);
        String after = before.replace("\n3\n", "\n3\nnew\n").replace("\n18\n", "\nother\n");

        assertThat(UnifiedDiff.of("f", before, after))
                .containsExactly(
                        "--- f",
                        "+++ f",
                        "@@ -1,6 +1,7 @@",
                        " 1",
                        " 2",
                        " 3",
                        "+new",
                        " 4",
                        " 5",
                        " 6",
                        "@@ -15,6 +16,6 @@",
                        " 15",
                        " 16",
                        " 17",
                        "-18",
                        "+other",
                        " 19",
                        " 20");
    }

    @Test
    void aNewAndAnEmptiedFileHaveOnlyOneSide() {
        assertThat(UnifiedDiff.of("f", "", "a\n")).containsExactly("--- f", "+++ f", "@@ -0,0 +1,1 @@", "+a");
        assertThat(UnifiedDiff.of("f", "a\n", "")).containsExactly("--- f", "+++ f", "@@ -1,1 +0,0 @@", "-a");
    }

    @Test
    void aChangeTooLargeToCompareIsOneHunk() {
        assertThat(UnifiedDiff.of("f", lines(1, 3000), lines(4000, 7000))).hasSize(3 + 3000 + 3001);
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(line -> line + "\n").collect(Collectors.joining());
    }
}
