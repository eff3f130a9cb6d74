// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinePrefixTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
        2026-11-20T10:00:04.000000000Z broke|broke
        2026-11-20T10:00:04Z 2026-11-20 10:00:04,123 broke|broke
        2026/11/20 10:00:04 broke|broke
        [10:00:04] broke|broke
        [2026-11-20 10:00:04+02:00]: broke|broke
        10:00:04 UTC: broke|broke
        2026-11-20T10:00:04Z stderr F broke|broke
        1763632804 broke|broke
        1763632804.123 broke|broke
        (10:00) broke|broke
        (10:00:04) broke|broke
        [pod/a-b/c] broke|broke
        INFO[0001] broke|broke
        INFO[] broke|broke
        INFO[2026-11-20T10:00:04Z] broke|broke
        Nov 20 10:00:04 node1 kubelet[123]: broke|broke
        Nov 20 10:00:04 node1 kubelet: broke|broke
        10:00 broke|10:00 broke
        176363280 broke|176363280 broke
        broke|broke
        [broke] it|[broke] it
        99 bottles|99 bottles
        """)
    void timesBeforeALineAreNoPartOfIt(String line, String rest) {
        assertThat(LinePrefix.of(List.of()).strip(line)).isEqualTo(rest);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
        [job/test] a;[job/test] b;[job/test] c|[job/test] d|d
        [job/test] a;[job/test] b;c|[job/test] d|[job/test] d
        [job/test] a;[job/test] b;[job/test] c;d|[job/test] e|e
        [job/test] a;[job/test] b;[job/test] c;d;e|[job/test] f|[job/test] f
        [job/test] a;[job/test] b;[job/test] c;[job/test] d;e;f|[job/test] g|g
        [job/test] a;[job/test] b;[job/test] c;;;;|[job/test] d|d
        [job/test] a;[job/test] b;[job/test] c|[other] d|[other] d
        info: a;info: b;info: c|info: d|d
        [error] a;[error] b;[error] c|[error] d|[error] d
        10:00:04 [x] 10:00:04 a;10:00:05 [x] 10:00:05 b;10:00:06 [x] c|10:00:07 [x] 10:00:07 d|d
        """)
    void aLabelThatMostLinesHaveIsNoPartOfThem(String log, String line, String rest) {
        assertThat(LinePrefix.of(List.of(log.split(";", -1))).strip(line)).isEqualTo(rest);
    }

    @Test
    void aColumnOfNamesIsALabel() {
        assertThat(LinePrefix.of(Collections.nCopies(3, "test-1  | a")).strip("test-1  | b"))
                .isEqualTo("b");
    }
}
