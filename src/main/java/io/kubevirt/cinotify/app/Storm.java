/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app;

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
final class Storm {

    /** Fewer are decided at once. */
    static final int LEAST = 100;

    /** So long after a second what came in within it is in the journal. */
    static final Duration LAG = Duration.ofMillis(100);

    private @Nullable Instant awaited;

    /**
     * What of it is to be decided now.
     *
     * @param waiting all that waits, or as much of it as is decided at once
     * @param before the same of what was received before an instant
     */
    List<String> choose(List<String> waiting, Function<Instant, List<String>> before, Instant now) {
        if (waiting.size() < LEAST) {
            awaited = null;
            return waiting;
        }
        if (awaited != null && now.isBefore(awaited)) {
            return List.of();
        }
        Instant second = now.minus(LAG).truncatedTo(ChronoUnit.SECONDS);
        List<String> complete = before.apply(second);
        if (!complete.isEmpty()) {
            awaited = null;
            return complete;
        }
        if (awaited != null) {
            // It was waited for and is still to come: it was received by a replica whose clock is ahead.
            awaited = null;
            return waiting;
        }
        awaited = second.plusSeconds(1).plus(LAG);
        return List.of();
    }

    /** When the rest is to be decided; empty if nothing is held back. */
    Optional<Instant> awaited() {
        return Optional.ofNullable(awaited);
    }
}
