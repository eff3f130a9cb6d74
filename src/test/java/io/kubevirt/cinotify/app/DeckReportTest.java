// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.source.deck.DeckPoller.ShownRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeckReportTest {

    private static final Instant START = Instant.parse("2026-07-15T10:00:00Z");

    private final AtomicReference<ShownRuns> shown = new AtomicReference<>();
    private final DeckReport report = new DeckReport("deck", shown::get);

    @Test
    void theFirstCompleteResponseIsReportedAndThenChangesOfEachHour() {
        assertThat(report.due(START, () -> 0)).isEmpty();

        shown.set(new ShownRuns(1214, 9));
        assertThat(report.due(START, () -> 0))
                .contains(
                        "deck: 1,214 runs seen, 9 failed, nothing to send yet: runs that ended before the start notify"
                                + " nobody");

        shown.set(new ShownRuns(1300, 10));
        assertThat(report.due(START.plusSeconds(5), () -> 1))
                .as("within the hour")
                .isEmpty();
        Instant later = START.plus(Duration.ofHours(1));
        assertThat(report.due(later, () -> 1)).contains("deck: 1,300 runs seen, 10 failed, 1 notification so far");
        assertThat(report.due(later.plus(Duration.ofHours(1)), () -> 1))
                .as("nothing has changed")
                .isEmpty();
    }
}
