// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.detect.RecentStates.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentStatesTest {

    private final RecentStates recent = new RecentStates();

    @Test
    void aStateIsWorthACopyEachSecond() {
        assertThat(recent.isDue(at(0))).isTrue();
        add(0);

        assertThat(recent.isDue(at(0).plusMillis(999))).isFalse();
        assertThat(recent.isDue(at(1))).isTrue();
    }

    @Test
    void theNewestStateBeforeAnInstantIsFound() {
        IntStream.of(0, 1, 2).forEach(this::add);

        assertThat(found(3)).isEqualTo(2);
        assertThat(found(2)).isEqualTo(1);
        assertThat(found(2)).as("an event makes later states stale").isEqualTo(1);
        assertThat(found(0)).isEqualTo(-1);
        assertThat(found(9)).as("all are stale").isEqualTo(-1);
    }

    /** Six states: the newest two as they are, the others ten seconds apart. */
    @Test
    void olderStatesAreFurtherApart() {
        IntStream.rangeClosed(0, 100).forEach(this::add);

        assertThat(found(101)).isEqualTo(100);
        assertThat(found(100)).isEqualTo(99);
        assertThat(found(99)).isEqualTo(90);
        assertThat(found(90)).isEqualTo(80);
        assertThat(found(80)).isEqualTo(70);
        assertThat(found(70)).isEqualTo(60);
        assertThat(found(60)).isEqualTo(-1);
    }

    @Test
    void theEventsSinceAStateIncludeTheLateOnesInOrder() {
        recent.add(event("lost: there is no state yet", 0));
        add(1);
        recent.add(event("a", 1));
        recent.add(event("c", 3));
        recent.add(event("c", 3));
        add(3);

        State from = recent.before(at(3)).orElseThrow();
        assertThat(from.at()).isEqualTo(at(1));
        assertThat(recent.since(from, List.of(event("b", 2), event("before", 0))))
                .extracting(IncidentEvent::sortKey)
                .containsExactly(
                        event("a", 1).sortKey(),
                        event("b", 2).sortKey(),
                        event("c", 3).sortKey());
    }

    @Test
    void eventsBeforeTheOldestStateAreDropped() {
        add(0);
        recent.add(event("a", 0));
        IntStream.rangeClosed(1, 100).forEach(second -> {
            recent.add(event("e", second));
            add(second);
        });

        State oldest = recent.before(at(61)).orElseThrow();
        assertThat(recent.since(oldest, List.of())).hasSize(41);
        assertThat(recent.before(at(1))).isEmpty();
        add(200);
        assertThat(recent.since(new State(at(0), snapshot(), at(0), 0), List.of()))
                .as("no event is kept without its state")
                .isEmpty();
    }

    @Test
    void aStormDropsTheOldestState() {
        add(0);
        IntStream.range(0, 2_000).forEach(number -> recent.add(event("a" + number, 0)));
        add(1);
        IntStream.range(0, 2_000).forEach(number -> recent.add(event("b" + number, 1)));
        assertThat(found(1)).isEqualTo(0);

        add(1);
        IntStream.range(0, 2_001).forEach(number -> recent.add(event("b" + number, 1)));
        assertThat(found(1)).isEqualTo(-1);
    }

    private int found(int before) {
        Optional<State> state = recent.before(at(before));
        return state.map(found -> (int) (found.at().getEpochSecond() - NOON.getEpochSecond()))
                .orElse(-1);
    }

    private void add(int second) {
        recent.add(new State(at(second), snapshot(), at(second), 0));
    }

    private static DetectionSnapshot snapshot() {
        return new DetectionSnapshot(DetectionSnapshot.VERSION, new DetectionState(), List.of());
    }

    private static IncidentEvent event(String key, int second) {
        return new IncidentEvent.ProblemCleared(at(second), key, "over");
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
