// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import io.kubevirt.cinotify.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Prepares a world and its plugins, and lays siege to them. */
final class Chaos {

    /** So many kills between two looks. */
    private static final int ROUND = 50;

    private static final int JDK_WITH_CACHE = 25;
    private static final Duration TRAINING = Duration.ofMinutes(3);

    /** By so many seconds the clocks of replicas go before or after. */
    private static final int[] CLOCKS = {0, 3, -4};

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

    /** Ends early when something is lost or doubled. */
    ChaosReport run() throws Exception {
        long start = System.nanoTime();
        List<Replica> fleet = new ArrayList<>();
        try (ExternalSystems world = new ExternalSystems(home, seed)) {
            try {
                List<String> options = new ArrayList<>(world.options());
                StoredOutcomes store = store(options);
                fill(fleet, trained(world), options);
                KillRounds siege = new KillRounds(world, store, fleet, seed);
                for (int done = 0; done < kills && siege.isWell(); done += ROUND) {
                    System.out.println("chaos: " + siege.round(Math.min(ROUND, kills - done)));
                }
                return siege.report(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
            } finally {
                for (Replica replica : fleet) {
                    replica.close();
                }
            }
        }
    }

    private void fill(List<Replica> fleet, List<String> java, List<String> options) throws Exception {
        for (int number = 0; number < replicas; number++) {
            List<String> all = new ArrayList<>(java);
            if (replicas > 1) {
                all.add("-Dci-notify.clock-offset=" + CLOCKS[number % CLOCKS.length] + "s");
            }
            fleet.add(new Replica(home, all, options));
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
    private List<String> trained(ExternalSystems world) throws Exception {
        if (Runtime.version().feature() < JDK_WITH_CACHE) {
            return List.of();
        }
        Path cache = home.resolve("start.aot");
        try (PluginProcess pupil = PluginProcess.serve(
                home.resolve("training"),
                List.of("-XX:AOTCacheOutput=" + cache),
                world.options().toArray(String[]::new))) {
            pupil.waitReady(TRAINING);
            pupil.terminate(TRAINING);
        }
        if (Files.notExists(cache)) {
            System.out.println("chaos: there is no start-up cache, each start takes twice as long");
            return List.of();
        }
        return List.of("-XX:AOTCache=" + cache);
    }
}
