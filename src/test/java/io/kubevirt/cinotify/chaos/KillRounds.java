// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills the plugin in rounds, on one store and in one world; after each it comes to rest, and all is reckoned. */
final class KillRounds {

    private static final Duration REST = Duration.ofMinutes(30);

    private final ExternalSystems world;
    private final StoredOutcomes store;
    private final List<Replica> replicas;
    private final long seed;
    private final FaultPlan plan;
    private final SettleTimes settle = new SettleTimes();
    private final List<Load> loads = new ArrayList<>();
    private ConsistencyCheck check;
    private int kills;
    private int refused;
    private long killing;
    private double difference;

    KillRounds(ExternalSystems world, StoredOutcomes store, List<Replica> replicas, long seed, FaultPlan plan) {
        this.world = world;
        this.store = store;
        this.replicas = replicas;
        this.seed = seed;
        this.plan = plan;
        this.check = new ConsistencyCheck(store, world);
    }

    /** So many kills under load and in bad weather; what is seen in the end, on one line. */
    String round(int number) throws Exception {
        Load load = new Load(
                replicas.stream().map(Replica::webhooks).toList(),
                loads.isEmpty() ? 0 : loads.getLast().end(),
                seed + loads.size() * 1_000L);
        loads.add(load);
        world.storm();
        load.start();
        long began = System.nanoTime();
        kill(number);
        long took = secondsSince(began);
        killing += took;
        if (replicas.size() == 1) {
            replicas.getFirst().refusesAnother();
            refused++;
        }
        for (Replica replica : replicas) {
            replica.awaitReady();
        }
        // A crash loop sends little: what waits is sent while calls fail.
        Thread.sleep(plan.life());
        world.calm();
        settle.begin();
        load.finish();
        long calm = System.nanoTime();
        difference = rest();
        check = new ConsistencyCheck(store, world).of(loads);
        return "%d kills, the last %d in %d s, at rest after %d s: %d accepted, %d messages, %d lost, %d doubled, %d wrong, difference %.0f, %s"
                .formatted(
                        kills,
                        number,
                        took,
                        secondsSince(calm),
                        accepted(),
                        check.messages(),
                        check.lost().size(),
                        check.doubled().size(),
                        check.wrong().size(),
                        difference,
                        world.faults());
    }

    /** Whether everything is as it should be. */
    boolean isWell() {
        return check.lost().isEmpty()
                && check.doubled().isEmpty()
                && check.wrong().isEmpty()
                && check.notOpened().isEmpty()
                && difference == 0;
    }

    ChaosReport report(long seconds) {
        return new ChaosReport(
                seed,
                replicas.size(),
                kills,
                replicas.stream().mapToInt(Replica::paused).sum(),
                refused,
                killing,
                seconds,
                accepted(),
                loads.stream().mapToInt(Load::repeated).sum(),
                loads.stream().mapToInt(load -> load.lanes().size()).sum(),
                check.messages(),
                difference,
                check.lost(),
                check.doubled(),
                check.inWindow(),
                check.wrong(),
                check.notOpened(),
                settle.byChannel(),
                replicas.stream()
                        .flatMap(replica -> replica.complaints().stream())
                        .toList());
    }

    private int accepted() {
        return loads.stream().mapToInt(load -> load.accepted().size()).sum();
    }

    /** Each replica dies and comes back by itself, so that all may be away at once. */
    private void kill(int number) throws InterruptedException, ExecutionException {
        AtomicInteger left = new AtomicInteger(number);
        try (ExecutorService killers = Executors.newFixedThreadPool(replicas.size())) {
            List<Future<Void>> done = new ArrayList<>();
            for (int at = 0; at < replicas.size(); at++) {
                Random random = new Random((seed + kills) * 7 + at);
                Replica replica = replicas.get(at);
                done.add(killers.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        replica.runAndKill(random, replicas.size() > 1);
                    }
                    return null;
                }));
            }
            for (Future<Void> one : done) {
                one.get();
            }
        }
        kills += number;
    }

    /** Waits until everything is done; returns the unaccounted deliveries. */
    private double rest() throws IOException, InterruptedException {
        if (plan.skip().isZero()) {
            awaitSettled();
        } else {
            await("everything is decided")
                    .atMost(REST)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> undecided() == 0);
        }
        // What is late may change what was settled.
        Thread.sleep(plan.late());
        if (!plan.skip().isZero()) {
            for (Replica replica : replicas) {
                replica.skip(plan.skip());
            }
        }
        awaitSettled();
        PluginProcess living = replicas.getFirst().live();
        await("the figures are fresh")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> living.metric("ci_notify_deliveries_unaccounted") == 0);
        return living.metric("ci_notify_deliveries_unaccounted");
    }

    private void awaitSettled() {
        await("everything is decided, sent and verified")
                .atMost(REST)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> settle.isSettled(store) && undecided() == 0);
    }

    private long undecided() {
        List<Map<String, Object>> rows =
                store.query("SELECT count(*) AS rest FROM delivery WHERE outcome IN ('in-progress', 'held')");
        return ((Number) rows.getFirst().get("rest")).longValue();
    }

    private static long secondsSince(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
    }
}
