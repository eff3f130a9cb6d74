// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One replica at a time, on a real PostgreSQL. */
class LeaseTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    @Test
    void theFirstHolderKeepsTheLeaseUntilItReleasesIt() {
        Lease first = replica().lease("deciding", LONG);
        Lease second = replica().lease("deciding", LONG);

        assertThat(first.acquire()).isTrue();
        assertThat(second.acquire()).isFalse();
        assertThat(first.acquire()).isTrue();

        second.release();
        assertThat(second.acquire()).isFalse();
        first.release();
        assertThat(second.acquire()).isTrue();
        assertThat(first.acquire()).isFalse();
    }

    @Test
    void eachNameIsALeaseOfItsOwn() {
        assertThat(replica().lease("deciding", LONG).acquire()).isTrue();
        assertThat(replica().lease("counting", LONG).acquire()).isTrue();
    }

    @Test
    void theLeaseOfADeadReplicaIsTakenOverWhenItExpires() {
        Lease dead = replica().lease("deciding", LONG);
        Lease living = replica().lease("deciding", LONG);
        assertThat(dead.acquire()).isTrue();
        assertThat(living.acquire()).isFalse();

        PostgresStore.in(folder).expireLeases();

        assertThat(living.acquire()).isTrue();
        assertThat(dead.acquire()).isFalse();
    }

    @Test
    void confirmingRenewsTheLease() {
        PostgresStore database = PostgresStore.in(folder);
        Lease working = database.store().lease("deciding", LONG);
        working.acquire();
        long before = expiry(database);
        database.store().inTransaction(transaction -> {
            working.confirm(transaction);
            return true;
        });

        assertThat(expiry(database)).isGreaterThan(before);
    }

    @Test
    void aHolderThatStalledTooLongWritesNothing() {
        Store slow = replica();
        Lease stale = slow.lease("deciding", Duration.ZERO);
        stale.acquire();
        Lease next = replica().lease("deciding", LONG);
        await().atMost(Duration.ofMinutes(1)).until(next::acquire);

        assertThatExceptionOfType(Lease.Lost.class)
                .isThrownBy(() -> slow.inTransaction(transaction -> {
                    transaction.deliveries().insert(new JournalEntry("a", "status", Instant.EPOCH, new byte[0], 0));
                    stale.confirm(transaction);
                    return true;
                }));
        assertThat(PostgresStore.in(folder).outcomes().entries()).isEmpty();
    }

    @Test
    void nobodyTakesOverWithinATransactionThatWasConfirmed() throws Exception {
        Store slow = replica();
        Lease stale = slow.lease("deciding", Duration.ZERO);
        stale.acquire();
        Lease next = replica().lease("deciding", LONG);
        CountDownLatch confirmed = new CountDownLatch(1);
        AtomicInteger order = new AtomicInteger();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            var taken = slow.inTransaction(transaction -> {
                stale.confirm(transaction);
                var taking = other.submit(() -> {
                    confirmed.countDown();
                    assertThat(next.acquire()).isTrue();
                    return order.incrementAndGet();
                });
                awaitQuietly(confirmed);
                assertThatCode(() -> taking.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                assertThat(order.incrementAndGet()).isEqualTo(1);
                return taking;
            });
            assertThat(taken.get(60, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    /** Each adds one to a number that it read before, which goes wrong as soon as two are at it. */
    @Test
    void threeReplicasThatDieAndComeBackNeverWorkAtTheSameTime() throws Exception {
        long seed = 20_261_122;
        PostgresStore database = PostgresStore.in(folder);
        AtomicInteger done = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        try (ExecutorService replicas = Executors.newFixedThreadPool(3)) {
            for (int replica = 0; replica < 3; replica++) {
                Random random = new Random(seed + replica);
                replicas.submit(() -> {
                    for (int life = 0; life < 8; life++) {
                        live(replica(), random, done, lost);
                    }
                });
            }
        }
        assertThat(done).as("with seed " + seed).hasPositiveValue();
        assertThat(database.store()
                        .read(transaction -> transaction.watermarks().find("number"))
                        .map(Watermark::value))
                .as("with seed %d, %d times too slow", seed, lost.get())
                .contains(Integer.toString(done.get()));
    }

    /** It dies without giving anything back. */
    private static void live(Store store, Random random, AtomicInteger done, AtomicInteger lost) {
        Lease lease = store.lease("deciding", Duration.ofMillis(30));
        for (int work = 0; work < 10; work++) {
            try {
                if (lease.acquire()) {
                    Thread.onSpinWait();
                    store.inTransaction(transaction -> {
                        lease.confirm(transaction);
                        int number = transaction
                                .watermarks()
                                .find("number")
                                .map(mark -> Integer.parseInt(mark.value()))
                                .orElse(0);
                        transaction
                                .watermarks()
                                .set("number", new Watermark(Integer.toString(number + 1), Instant.EPOCH));
                        return true;
                    });
                    done.incrementAndGet();
                } else {
                    LockSupport.parkNanos(random.nextInt(20_000_000));
                }
            } catch (Lease.Lost e) {
                lost.incrementAndGet();
            }
        }
    }

    @Test
    void theEmbeddedStoreNeedsNone() {
        Store store = EmbeddedStore.in(folder).store();

        assertThat(List.of(store.lease("deciding"), store.lease("deciding")))
                .allSatisfy(lease -> assertThat(lease.acquire()).isTrue());
    }

    private Store replica() {
        return PostgresStore.in(folder).store();
    }

    private static long expiry(PostgresStore database) {
        return (Long) database.outcomes()
                .query("SELECT expires_at FROM lease")
                .getFirst()
                .get("expires_at");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
