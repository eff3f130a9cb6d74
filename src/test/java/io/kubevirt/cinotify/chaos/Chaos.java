// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import io.kubevirt.cinotify.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Prepares the external systems and the plugins, and kills the plugins again and again. */
final class Chaos {

    /** So many kills between two looks. */
    private static final int ROUND = 50;

    /** By so many seconds the clocks of replicas go before or after. */
    private static final int[] CLOCKS = {0, 3, -4};

    private final Path home;
    private final int kills;
    private final int replicas;
    private final long seed;
    private final FaultPlan plan = FaultPlan.configured();
    private @Nullable PostgresServer crashing;

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
        List<Replica> plugins = new ArrayList<>();
        try (ExternalSystems world = new ExternalSystems(home, seed, plan);
                AutoCloseable database = this::closeServer) {
            try {
                List<String> options = new ArrayList<>(world.options());
                StoredOutcomes store = store(world, options);
                fill(world, plugins, options);
                KillRounds rounds = new KillRounds(world, store, plugins, seed, plan);
                for (int done = 0; done < kills && rounds.isWell(); done += ROUND) {
                    System.out.println("chaos: " + rounds.round(Math.min(ROUND, kills - done)));
                }
                return rounds.report(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
            } finally {
                for (Replica replica : plugins) {
                    replica.close();
                }
            }
        }
    }

    private void fill(ExternalSystems world, List<Replica> plugins, List<String> options) throws IOException {
        for (int number = 0; number < replicas; number++) {
            Duration clock = Duration.ofSeconds(CLOCKS[number % CLOCKS.length]);
            Replica replica = new Replica(world, plan, home, clock, options);
            plugins.add(replica);
            // Here, because the first start creates the startup cache, which would block a virtual thread.
            replica.live();
        }
    }

    private StoredOutcomes store(ExternalSystems world, List<String> options) throws IOException {
        if (replicas == 1) {
            return new StoredOutcomes(Database.file(home.resolve("data")));
        }
        PostgresServer server = plan.crashes() ? PostgresServer.separate() : PostgresServer.running();
        String database = "chaos_" + UUID.randomUUID().toString().replace("-", "");
        server.make(database);
        if (plan.crashes()) {
            crashing = server;
            world.crashing(() -> server.crash(database));
        }
        options.add("--database-url=" + server.url(database));
        return new StoredOutcomes(server.jdbcUrl(database));
    }

    private void closeServer() throws IOException {
        if (crashing != null) {
            crashing.close();
        }
    }
}
