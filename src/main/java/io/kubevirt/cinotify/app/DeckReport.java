// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.source.deck.DeckPoller.ShownRuns;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a deck shows, for the log: after the first response, and then each hour if it changed. Not thread-safe. */
final class DeckReport {
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final String source;
    private final Supplier<@Nullable ShownRuns> shown;
    private final LongSupplier notifications;
    private Instant next = Instant.MIN;
    private String last = "";

    /** @param notifications their number, of all sources */
    DeckReport(String source, Supplier<@Nullable ShownRuns> shown, LongSupplier notifications) {
        this.source = source;
        this.shown = shown;
        this.notifications = notifications;
    }

    Optional<String> due(Instant now) {
        ShownRuns runs = shown.get();
        if (runs == null || now.isBefore(next)) {
            return Optional.empty();
        }
        long count = notifications.getAsLong();
        next = now.plus(INTERVAL);
        String text = source + ": " + Plural.grouped(runs.runs(), "run") + " seen, " + runs.failed() + " failed, "
                + (count > 0
                        ? Plural.grouped(count, "notification") + " so far"
                        : last.isEmpty()
                                ? "nothing to send yet: runs that ended before the start notify nobody"
                                : "nothing was sent yet");
        if (text.equals(last)) {
            return Optional.empty();
        }
        last = text;
        return Optional.of(text);
    }
}
