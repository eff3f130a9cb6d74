// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedTextTest {

    private static final String RUN =
            "https://prow.example.org/view/gs/b/pr-logs/pull/o_r/18514/pull-x/2090412217697570816";

    @ParameterizedTest
    @ValueSource(
            strings = {
                RUN,
                " " + RUN + ". ",
                "<" + RUN + ">",
                "`" + RUN + "`,",
                "[this run](" + RUN + ")",
                "[`pull-x`](<" + RUN + "> \"title\")",
                RUN + "/artifacts/",
                RUN + "/build-log.txt",
                "HTTPS://PROW.EXAMPLE.ORG/view/gs/b/pr-logs/pull/o_r/18514/pull-x/2090412217697570816",
            })
    void theUrlOfARunIsReadAsPeoplePasteIt(String pasted) {
        assertThat(PastedText.runUrl(pasted)).isEqualTo(RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "...", "``", "name", "a_b", RUN + "#1:build-log.txt%3A512"})
    void otherTextIsKept(String text) {
        assertThat(PastedText.runUrl(text)).isEqualTo(text);
        assertThat(PastedText.word(text)).isEqualTo(text);
    }
}
