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

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes in a storm is decided once a second; everything else at once. */
class StormTest {

    private static final Instant SECOND = Instant.parse("2026-07-15T10:00:05Z");

    private final Storm storm = new Storm();
    private final Map<Instant, List<String>> received = new TreeMap<>();

    @Test
    void fewAreDecidedAtOnce() {
        receive(SECOND.plusMillis(400), Storm.LEAST - 1);

        assertThat(choose(SECOND.plusMillis(400))).hasSize(Storm.LEAST - 1);
        assertThat(storm.awaited()).isEmpty();
    }

    @Test
    void manyAreDecidedOnceTheirSecondIsOver() {
        receive(SECOND.plusMillis(400), Storm.LEAST);

        assertThat(choose(SECOND.plusMillis(400))).isEmpty();
        Instant over = SECOND.plusSeconds(1).plus(Storm.LAG);
        assertThat(storm.awaited()).contains(over);
        receive(SECOND.plusMillis(999), Storm.LEAST);
        assertThat(choose(over.minusMillis(1))).isEmpty();
        receive(SECOND.plusMillis(1_001), Storm.LEAST);

        assertThat(choose(over)).as("of the second that is over").hasSize(2 * Storm.LEAST);
        received.keySet().removeIf(at -> at.isBefore(SECOND.plusSeconds(1)));
        assertThat(choose(over)).as("of the one that goes on").isEmpty();
        assertThat(storm.awaited()).contains(over.plusSeconds(1));
    }

    @Test
    void oldOnesWaitForNothing() {
        receive(SECOND.minus(Duration.ofMinutes(3)), Storm.LEAST);

        assertThat(choose(SECOND)).hasSize(Storm.LEAST);
    }

    @Test
    void aReplicaWhoseClockIsAheadHoldsNothingUpForLongerThanASecond() {
        receive(SECOND.plusSeconds(3_600), Storm.LEAST);

        assertThat(choose(SECOND.plusMillis(400))).isEmpty();
        assertThat(choose(storm.awaited().orElseThrow())).hasSize(Storm.LEAST);
        assertThat(storm.awaited()).isEmpty();
    }

    @Test
    void itIsOverWhenFewAreLeft() {
        receive(SECOND.plusMillis(400), Storm.LEAST);
        choose(SECOND.plusMillis(400));
        received.clear();
        receive(SECOND.plusMillis(500), 1);

        assertThat(choose(SECOND.plusMillis(500))).hasSize(1);
        assertThat(storm.awaited()).isEmpty();
    }

    private void receive(Instant at, int count) {
        received.put(
                at,
                IntStream.range(0, count).mapToObj(index -> at + " " + index).toList());
    }

    private List<String> choose(Instant now) {
        return storm.choose(receivedBefore(Instant.MAX), this::receivedBefore, now);
    }

    private List<String> receivedBefore(Instant instant) {
        return received.entrySet().stream()
                .filter(entry -> entry.getKey().isBefore(instant))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }
}
