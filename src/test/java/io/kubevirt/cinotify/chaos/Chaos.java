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
package io.kubevirt.cinotify.chaos;

import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import io.kubevirt.cinotify.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills the plugin so many times under load and in bad weather, lets it come to rest, and looks. */
final class Chaos {

    private static final Duration REST = Duration.ofMinutes(12);
    private static final int JDK_WITH_CACHE = 25;
    private static final long TRAINING_SECONDS = 60;

    private final Path home;
    private final int kills;
    private final int replicas;
    private final long seed;

    /** @param replicas one for the embedded store, more for that many on PostgreSQL */
    Chaos(Path home, int kills, int replicas, long seed) {
        this.home = home;
        this.kills = kills;
        this.replicas = replicas;
        this.seed = seed;
    }

    ChaosReport run() throws Exception {
        long start = System.nanoTime();
        try (World world = new World(home, seed)) {
            List<String> options = new ArrayList<>(world.options());
            StoredOutcomes store = store(options);
            List<String> java = trained(world);
            List<Replica> fleet = new ArrayList<>();
            try {
                for (int number = 0; number < replicas; number++) {
                    fleet.add(new Replica(home, java, options));
                }
                Load load = new Load(fleet.stream().map(Replica::webhooks).toList(), seed);
                world.storm();
                load.start();
                long began = System.nanoTime();
                kill(fleet);
                long killing = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
                world.calm();
                for (Replica replica : fleet) {
                    replica.live().waitReady();
                }
                load.finish();
                double difference = rest(store, fleet.getFirst().live());
                Reckoning reckoning = new Reckoning(store, world).of(load);
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
                return new ChaosReport(
                        seed,
                        replicas,
                        kills,
                        killing,
                        seconds,
                        load.accepted().size(),
                        load.repeated(),
                        load.lanes().size(),
                        reckoning.messages(),
                        difference,
                        reckoning.lost(),
                        reckoning.doubled(),
                        fleet.stream()
                                .flatMap(replica -> replica.complaints().stream())
                                .toList());
            } finally {
                for (Replica replica : fleet) {
                    replica.close();
                }
            }
        }
    }

    private StoredOutcomes store(List<String> options) {
        if (replicas == 1) {
            return new StoredOutcomes(Database.file(home.resolve("data")));
        }
        PostgresServer server = PostgresServer.running();
        String database = "chaos_" + UUID.randomUUID().toString().replace("-", "");
        server.make(database);
        options.add("--database-url=" + server.url(database));
        return new StoredOutcomes(server.jdbcUrl(database));
    }

    /** A start-up cache, where it pays: it is made once and read at each start. */
    private List<String> trained(World world) throws Exception {
        if (Runtime.version().feature() < JDK_WITH_CACHE) {
            return List.of();
        }
        Path cache = home.resolve("start.aot");
        try (PluginProcess pupil = PluginProcess.serve(
                home.resolve("training"),
                List.of("-XX:AOTCacheOutput=" + cache),
                world.options().toArray(String[]::new))) {
            pupil.waitReady();
            pupil.stop(Duration.ofSeconds(TRAINING_SECONDS));
        }
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /** Each replica dies and comes back by itself, so that all may be away at once. */
    private void kill(List<Replica> fleet) throws InterruptedException, ExecutionException {
        AtomicInteger left = new AtomicInteger(kills);
        try (ExecutorService killers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> done = new ArrayList<>();
            for (int number = 0; number < fleet.size(); number++) {
                Random random = new Random(seed * 7 + number);
                Replica replica = fleet.get(number);
                done.add(killers.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        replica.liveAndDie(random);
                    }
                    return null;
                }));
            }
            for (Future<Void> one : done) {
                one.get();
            }
        }
    }

    /** Waits until nothing is left to do; what conservation then says. */
    private double rest(StoredOutcomes store, PluginProcess living) throws IOException {
        await("everything is decided and said")
                .atMost(REST)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> left(store) == 0);
        await("the figures are fresh")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> living.metric("ci_notify_conservation_difference") == 0);
        return living.metric("ci_notify_conservation_difference");
    }

    private static long left(StoredOutcomes store) {
        List<Map<String, Object>> rows =
                store.query("SELECT (SELECT count(*) FROM delivery WHERE outcome = 'in-progress')"
                        + " + (SELECT count(*) FROM saying WHERE state IN ('waiting', 'sending', 'unknown')) AS rest");
        return ((Number) rows.getFirst().get("rest")).longValue();
    }
}
