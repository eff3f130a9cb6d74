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
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.PostgresStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose claims end when. */
class PresenceTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private static boolean take(Store store, Presence by, Instant now) {
        return store.inTransaction(transaction ->
                transaction.places().take("slack", "room", by.name() + "/" + now.toEpochMilli(), now, LONG));
    }

    private static boolean leave(Store store, Presence by, Instant claimed) {
        return store.inTransaction(transaction ->
                transaction.places().leave("slack", "room", by.name() + "/" + claimed.toEpochMilli(), Instant.EPOCH));
    }

    @Test
    void aReplicaThatStartsEndsNoClaimOfOneThatLives() {
        Store first = PostgresStore.in(folder).store();
        Store second = PostgresStore.in(folder).store();
        Presence living = first.presence(LONG);
        Presence starting = second.presence(LONG);
        Instant now = Instant.now();
        living.show();
        assertThat(take(first, living, now)).isTrue();

        starting.show();
        assertThat(take(second, starting, now)).isFalse();
        assertThat(leave(first, living, now)).isTrue();
    }

    @Test
    void whatADeadReplicaHasClaimedIsFreeSoonAfterItsDeath() {
        Store first = PostgresStore.in(folder).store();
        Store second = PostgresStore.in(folder).store();
        Presence dead = first.presence(Duration.ofMillis(300));
        Presence living = second.presence(LONG);
        Instant now = Instant.now();
        dead.show();
        assertThat(take(first, dead, now)).isTrue();
        assertThat(take(second, living, now)).isFalse();

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            living.show();
            return take(second, living, now);
        });
        assertThat(leave(first, dead, now)).as("whoever only seemed dead").isFalse();
        assertThat(PostgresStore.in(folder).outcomes().query("SELECT name FROM lease"))
                .extracting(row -> row.get("name"))
                .containsExactly("present/" + living.name());
    }

    @Test
    void theClocksOfReplicasMayDiffer() {
        Store first = PostgresStore.in(folder).store();
        Store second = PostgresStore.in(folder).store();
        Presence slow = first.presence(LONG);
        Presence fast = second.presence(LONG);
        Instant now = Instant.now();
        slow.show();
        fast.show();
        assertThat(take(first, slow, now.minusSeconds(3600))).isTrue();

        assertThat(take(second, fast, now.plusSeconds(3600))).isFalse();
    }

    @Test
    void theEmbeddedStoreEndsEveryClaimOnceAtItsStart() {
        Instant now = Instant.now();
        Store before = EmbeddedStore.in(folder).store();
        assertThat(take(before, before.presence(), now)).isTrue();

        Store store = EmbeddedStore.in(folder).store();
        Presence after = store.presence();
        assertThat(take(store, after, now)).isFalse();
        after.show();
        assertThat(take(store, after, now)).isTrue();
        after.show();
        assertThat(leave(store, after, now)).as("its own stay").isTrue();
    }
}
