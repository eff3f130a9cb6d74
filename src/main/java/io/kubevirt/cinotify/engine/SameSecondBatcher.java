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
 * Delays a burst of deliveries until the second is over, and then processes the deliveries of one second together. GitHub
 * reports whole seconds, and a delivery that arrives after others of its second makes the engine evaluate them again. Not
 * thread-safe.
 */
final class SameSecondBatcher {

    /** Fewer deliveries are processed at once. */
    static final int MIN_BATCH = 100;

    /** The time until the deliveries of a second are in the journal. */
    static final Duration SETTLE_TIME = Duration.ofMillis(100);

    private @Nullable Instant nextBatchAt;

    /**
     * Chooses the deliveries to process now.
     *
     * @param waiting all waiting deliveries, up to a batch
     * @param before the waiting deliveries received before an instant
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
            // Nothing is older although the batch waited: a replica whose clock is ahead received it.
            nextBatchAt = null;
            return waiting;
        }
        nextBatchAt = second.plusSeconds(1).plus(SETTLE_TIME);
        return List.of();
    }

    /** When to process the rest; empty if nothing waits. */
    Optional<Instant> nextBatchAt() {
        return Optional.ofNullable(nextBatchAt);
    }
}
