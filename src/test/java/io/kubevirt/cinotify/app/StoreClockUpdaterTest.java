// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.StoreClock;
import io.kubevirt.cinotify.store.StoreUnavailable;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class StoreClockUpdaterTest {

    /** It may go between the check at the start and the first question. */
    @Test
    void aDatabaseThatIsGoneStopsNothing() throws Exception {
        Instant now = Instant.parse("2026-03-02T12:00:00Z");
        PostgresServer.running().makeEmpty("clock");
        Database database = Database.postgresql(
                DatabaseAddress.parse(PostgresServer.running().url("clock"), null));
        StoreClock clock = new StoreClock(InstantSource.fixed(now), database.store());
        database.close();
        assertThatThrownBy(clock::synchronize).isInstanceOf(StoreUnavailable.class);

        new StoreClockUpdater(clock).tick();

        assertThat(clock.instant()).isEqualTo(now);
    }
}
