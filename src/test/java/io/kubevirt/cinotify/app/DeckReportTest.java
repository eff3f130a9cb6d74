// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.source.deck.DeckPoller.ShownRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeckReportTest {

    private static final Instant START = Instant.parse("2026-07-15T10:00:00Z");

    private final AtomicReference<ShownRuns> shown = new AtomicReference<>();
    private final AtomicLong notifications = new AtomicLong();
    private final DeckReport report = new DeckReport("deck", shown::get, notifications::get);

    @Test
    void theFirstCompleteResponseIsReportedAndThenChangesOfEachHour() {
        assertThat(report.due(START)).isEmpty();

        shown.set(new ShownRuns(1214, 9));
        assertThat(report.due(START))
                .contains(
                        "deck: 1,214 runs seen, 9 failed, nothing to send yet: runs that ended before the start notify"
                                + " nobody");

        shown.set(new ShownRuns(1300, 10));
        notifications.set(1);
        assertThat(report.due(START.plusSeconds(5))).as("within the hour").isEmpty();
        Instant later = START.plus(Duration.ofHours(1));
        assertThat(report.due(later)).contains("deck: 1,300 runs seen, 10 failed, 1 notification so far");
        assertThat(report.due(later.plus(Duration.ofHours(1))))
                .as("nothing has changed")
                .isEmpty();
    }

    @Test
    void notificationsFromBeforeTheStartCount() {
        notifications.set(3);
        shown.set(new ShownRuns(2, 1));

        assertThat(report.due(START)).contains("deck: 2 runs seen, 1 failed, 3 notifications so far");
    }

    @Test
    void laterReportsDoNotExplainWhyNothingWasSent() {
        shown.set(new ShownRuns(2, 1));
        report.due(START);

        assertThat(report.due(START.plus(Duration.ofHours(1))))
                .contains("deck: 2 runs seen, 1 failed, nothing was sent yet");
    }

    @Test
    void aStoreThatDoesNotWorkOnlyDelaysAReport() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>(new IllegalStateException("locked"));
        DeckReport late = new DeckReport("deck", () -> new ShownRuns(2, 1), () -> {
            RuntimeException thrown = failure.getAndSet(null);
            if (thrown != null) {
                throw thrown;
            }
            return 1;
        });

        assertThatThrownBy(() -> late.due(START)).hasMessage("locked");
        assertThat(late.due(START)).contains("deck: 2 runs seen, 1 failed, 1 notification so far");
    }
}
