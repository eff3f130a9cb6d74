// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When many deliveries come at once, those of a second are decided together once it is over: GitHub tells whole seconds, and
 * what comes after something of the same second was counted makes that be counted again. Not safe for several threads.
 */
final class SameSecondBatcher {

    /** Fewer are decided at once. */
    static final int MIN_BATCH = 100;

    /** So long after a second what came in within it is in the journal. */
    static final Duration SETTLE_TIME = Duration.ofMillis(100);

    private @Nullable Instant nextBatchAt;

    /**
     * What of it is to be decided now.
     *
     * @param waiting all that waits, or as much of it as is decided at once
     * @param before the same of what was received before an instant
     */
    List<String> choose(List<String> waiting, Function<Instant, List<String>> before, Instant now) {
        if (waiting.size() < MIN_BATCH) {
            nextBatchAt = null;
            return waiting;
        }
        if (nextBatchAt != null && now.isBefore(nextBatchAt)) {
            return List.of();
        }
        Instant second = now.minus(SETTLE_TIME).truncatedTo(ChronoUnit.SECONDS);
        List<String> complete = before.apply(second);
        if (!complete.isEmpty()) {
            nextBatchAt = null;
            return complete;
        }
        if (nextBatchAt != null) {
            // It was waited for and is still to come: it was received by a replica whose clock is ahead.
            nextBatchAt = null;
            return waiting;
        }
        nextBatchAt = second.plusSeconds(1).plus(SETTLE_TIME);
        return List.of();
    }

    /** When the rest is to be decided; empty if nothing is held back. */
    Optional<Instant> nextBatchAt() {
        return Optional.ofNullable(nextBatchAt);
    }
}
