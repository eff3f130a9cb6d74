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
    private Instant next = Instant.MIN;
    private String last = "";

    DeckReport(String source, Supplier<@Nullable ShownRuns> shown) {
        this.source = source;
        this.shown = shown;
    }

    Optional<String> due(Instant now, LongSupplier notifications) {
        ShownRuns runs = shown.get();
        if (runs == null || now.isBefore(next)) {
            return Optional.empty();
        }
        next = now.plus(INTERVAL);
        long count = notifications.getAsLong();
        String text = source + ": " + Plural.grouped(runs.runs(), "run") + " seen, " + runs.failed() + " failed, "
                + (count == 0
                        ? "nothing to send yet: runs that ended before the start notify nobody"
                        : Plural.grouped(count, "notification") + " so far");
        if (text.equals(last)) {
            return Optional.empty();
        }
        last = text;
        return Optional.of(text);
    }
}
