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
package io.kubevirt.cinotify.bump;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which bump may be the reason of what broke after it. A hint with its figures, never a verdict on who opened it. */
public final class Suspects {

    private final Duration window;

    /** @param window for how long after its merge a bump may be the reason */
    public Suspects(Duration window) {
        this.window = window;
    }

    /** When a lane failed. */
    @FunctionalInterface
    public interface RedRuns {
        /** Whether one of the lanes failed in {@code [from, until)}. */
        boolean any(List<String> lanes, Instant from, Instant until);
    }

    /**
     * The last bump merged before something broke, unless the same lanes were red before it.
     *
     * @param since when it broke
     * @param lanes what broke
     * @param merged the bumps that were merged
     * @return a sentence without the final stop
     */
    public Optional<String> of(Instant since, List<String> lanes, List<BumpPull> merged, RedRuns redRuns) {
        Instant earliest = since.minus(window);
        BumpPull last = null;
        Instant lastMerge = Instant.MIN;
        for (BumpPull pull : merged) {
            Instant merge = pull.phase() == BumpPull.Phase.MERGED ? pull.endedAt() : null;
            if (merge != null && !merge.isAfter(since) && !merge.isBefore(earliest) && merge.isAfter(lastMerge)) {
                last = pull;
                lastMerge = merge;
            }
        }
        if (last == null || redRuns.any(lanes, lastMerge.minus(window), lastMerge)) {
            return Optional.empty();
        }
        return Optional.of("started " + words(Duration.between(lastMerge, since)) + " after " + last.name() + " ("
                + last.of() + ") was merged");
    }

    private static String words(Duration passed) {
        return passed.toHours() > 0 ? passed.toHours() + " h" : passed.toMinutes() + " min";
    }
}
