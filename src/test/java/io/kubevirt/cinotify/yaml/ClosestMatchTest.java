// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestMatchTest {

    private static final List<String> KNOWN = List.of("cluster", "repository", "sig", "area");

    @ParameterizedTest
    @CsvSource({
        "clutser, cluster",
        "lcuster, cluster",
        "Cluster, cluster",
        "repositry, repository",
        "sigs, sig",
        "aera, area"
    })
    void aTypoIsRecognized(String word, String expected) {
        assertThat(ClosestMatch.find(word, KNOWN).orElse(null)).isEqualTo(expected);
    }

    @Test
    void anUnrelatedWordHasNoMatch() {
        assertThat(ClosestMatch.find("channel", KNOWN)).isEmpty();
        assertThat(ClosestMatch.find("", KNOWN)).isEmpty();
        assertThat(ClosestMatch.find("anything", List.of())).isEmpty();
    }
}
