// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final StringWriter err = new StringWriter();
    private Instant now = Examples.NOON;

    @Test
    void aLineAppearsAfterTwoSecondsAndIsRemovedAtTheEnd() {
        try (ProgressLine progress = new ProgressLine(new PrintWriter(err), true, () -> now)) {
            now = now.plusMillis(1_999);
            progress.show("copying run", 1, 2_000);
            assertThat(err.toString()).isEmpty();
            now = now.plusMillis(1);
            progress.show("copying run", 1_000, 2_000);
            progress.show("copying run", 1_500, 2_000);
            now = now.plusSeconds(1);
            progress.show("reading", 7, 0);
        }

        assertThat(err)
                .hasToString(
                        "\rcopying run: 1,000 of 2,000\rreading: 7" + " ".repeat(17) + "\r" + " ".repeat(10) + "\r");
    }

    @Test
    void withoutATerminalThereIsNone() {
        try (ProgressLine progress = new ProgressLine(new PrintWriter(err), false, () -> now)) {
            now = now.plusSeconds(60);
            progress.show("copying run", 1, 2);
        }
        assertThat(err.toString()).isEmpty();
    }
}
