// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourcesTest {

    private static final URI ONE = URI.create("https://prow.example.org");
    private static final URI OTHER = URI.create("https://prow.example.com:8443/deck");

    @Test
    void severalDecksAreNamedByTheirAddress() {
        assertThat(Sources.sourceName(ONE, List.of(ONE))).isEqualTo("deck");
        assertThat(Sources.sourceName(ONE, List.of(ONE, OTHER))).isEqualTo("deck/prow.example.org");
        assertThat(Sources.sourceName(OTHER, List.of(ONE, OTHER))).isEqualTo("deck/prow.example.com:8443/deck");
    }
}
