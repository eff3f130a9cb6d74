// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreClockTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void replicasWhoseClocksDifferShareTheTimeOfTheirDatabase() {
        Store store = PostgresStore.in(folder).store();
        StoreClock slow = new StoreClock(InstantSource.fixed(NOON), store);
        StoreClock fast = new StoreClock(InstantSource.fixed(NOON.plusSeconds(7)), store);

        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        slow.synchronize();
        fast.synchronize();
        assertThat(slow.instant()).isBetween(before, Instant.now());
        assertThat(fast.instant()).isBetween(slow.instant(), Instant.now());
    }

    @Test
    void theEmbeddedStoreHasTheTimeOfTheMachine() {
        StoreClock clock = new StoreClock(
                InstantSource.fixed(NOON), EmbeddedStore.in(folder).store());
        clock.synchronize();
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    /** It may go between the check at the start and the first question. */
    @Test
    void aDatabaseThatIsGoneStopsNothing() throws Exception {
        PostgresServer.running().makeEmpty("clock");
        Database database = Database.postgresql(
                DatabaseAddress.parse(PostgresServer.running().url("clock"), null));
        StoreClock clock = new StoreClock(InstantSource.fixed(NOON), database.store());
        database.close();
        assertThatThrownBy(database.store()::serverTime).isInstanceOf(StoreUnavailable.class);

        clock.synchronize();

        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @ParameterizedTest(name = "asked at 0, the server says {0} ms, answered at {1}: {2} ms")
    @CsvSource({
        "3000, 0, 3000",
        "-4000, 0, -4000",
        "3200, 400, 3000",
        // As if the clocks agree: the answer may have taken so long.
        "400, 400, 0",
        "5, 0, 0",
        // The process was paused, or its clock was set back, while it waited.
        "3000, 42000, 0",
        "3000, -100, 0"
    })
    void theOffsetIsWhatTheAnswerProves(long server, long answered, long expected) {
        StoreClock clock = new StoreClock(
                InstantSource.fixed(NOON), EmbeddedStore.in(folder).store());
        clock.adjust(NOON, NOON.plusMillis(server), NOON.plusMillis(answered));
        assertThat(Duration.between(NOON, clock.instant())).hasMillis(expected);
    }

    @Test
    void aClockThatIsSetRightIsFollowed() {
        StoreClock clock = new StoreClock(
                InstantSource.fixed(NOON), EmbeddedStore.in(folder).store());
        clock.adjust(NOON, NOON.plusSeconds(3), NOON);
        clock.adjust(NOON, NOON, NOON);
        assertThat(clock.instant()).isEqualTo(NOON);
    }
}
