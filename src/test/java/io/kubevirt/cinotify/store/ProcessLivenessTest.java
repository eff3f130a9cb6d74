// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.PostgresStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLivenessTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private static boolean claim(Store store, ProcessLiveness by, Instant now) {
        return store.inTransaction(transaction ->
                transaction.destinations().claim("slack", "room", by.name() + "/" + now.toEpochMilli(), now, LONG));
    }

    private static boolean release(Store store, ProcessLiveness by, Instant claimed) {
        return store.inTransaction(transaction -> transaction
                .destinations()
                .release("slack", "room", by.name() + "/" + claimed.toEpochMilli(), Instant.EPOCH));
    }

    @Test
    void aReplicaThatStartsEndsNoClaimOfOneThatLives() {
        Store first = PostgresStore.in(folder).store();
        Store second = PostgresStore.in(folder).store();
        ProcessLiveness living = first.liveness(LONG);
        ProcessLiveness starting = second.liveness(LONG);
        Instant now = Instant.now();
        living.refresh();
        assertThat(claim(first, living, now)).isTrue();

        starting.refresh();
        assertThat(claim(second, starting, now)).isFalse();
        assertThat(release(first, living, now)).isTrue();
    }

    @Test
    void claimsOfADeadReplicaAreReleasedSoon() {
        Store first = PostgresStore.in(folder).store();
        Store second = PostgresStore.in(folder).store();
        ProcessLiveness dead = first.liveness(LONG);
        ProcessLiveness living = second.liveness(LONG);
        Instant now = Instant.now();
        dead.refresh();
        assertThat(claim(first, dead, now)).isTrue();
        assertThat(claim(second, living, now)).isFalse();

        PostgresStore.in(folder).expireLeases();
        living.refresh();
        assertThat(claim(second, living, now)).isTrue();
        assertThat(release(first, dead, now)).as("whoever only seemed dead").isFalse();
        assertThat(PostgresStore.in(folder).outcomes().query("SELECT name FROM lease"))
                .extracting(row -> row.get("name"))
                .containsExactly("present/" + living.name());
    }

    @Test
    void theClocksOfReplicasMayDiffer() {
        Store first = PostgresStore.in(folder).store();
        Store second = PostgresStore.in(folder).store();
        ProcessLiveness slow = first.liveness(LONG);
        ProcessLiveness fast = second.liveness(LONG);
        Instant now = Instant.now();
        slow.refresh();
        fast.refresh();
        assertThat(claim(first, slow, now.minusSeconds(3600))).isTrue();

        assertThat(claim(second, fast, now.plusSeconds(3600))).isFalse();
    }

    @Test
    void theEmbeddedStoreEndsEveryClaimOnceAtItsStart() {
        Instant now = Instant.now();
        Store before = EmbeddedStore.in(folder).store();
        assertThat(claim(before, before.liveness(), now)).isTrue();

        Store store = EmbeddedStore.in(folder).store();
        ProcessLiveness after = store.liveness();
        assertThat(claim(store, after, now)).isFalse();
        after.refresh();
        assertThat(claim(store, after, now)).isTrue();
        after.refresh();
        assertThat(release(store, after, now)).as("its own stay").isTrue();
    }
}
