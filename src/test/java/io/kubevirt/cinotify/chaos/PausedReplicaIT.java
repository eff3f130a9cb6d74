// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two real replicas, one of which stands still in the middle of a call, for longer than the other one waits. */
@Execution(ExecutionMode.CONCURRENT)
class PausedReplicaIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    private Path home;

    private final CountDownLatch called = new CountDownLatch(1);
    private final AtomicBoolean first = new AtomicBoolean(true);

    @ParameterizedTest(name = "the message was written: {0}")
    @ValueSource(booleans = {true, false})
    void itIsTakenOverAndNothingIsDoubled(boolean written) throws Exception {
        PostgresServer server = PostgresServer.running();
        String database = "standing_" + UUID.randomUUID().toString().replace("-", "");
        server.make(database);
        StoredOutcomes store = new StoredOutcomes(server.jdbcUrl(database));
        Lane lane = new Lane(0, new Random(1));
        try (ExternalSystems world = new ExternalSystems(home, 1, FaultPlan.NONE)) {
            world.calm();
            world.slack.server().faults(request -> hang(request, written));
            List<String> all = new ArrayList<>(world.options());
            all.add("--database-url=" + server.url(database));
            String[] options = all.toArray(String[]::new);
            try (PluginProcess standing = PluginProcess.serve(home, options)) {
                standing.waitReady(TIMEOUT);
                assertThat(standing.post(lane.next()).succeeded()).isTrue();
                assertThat(called.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                standing.suspend();
                try (PluginProcess other = PluginProcess.serve(home, options)) {
                    other.waitReady(TIMEOUT);
                    awaitRest(store);
                    standing.resume();
                    standing.waitReady(TIMEOUT);
                    assertThat(standing.post(new Lane(1, new Random(1)).next()).succeeded())
                            .isTrue();
                    awaitRest(store);
                }
            }
            VisibleMessages seen = VisibleMessages.of(world.slack);
            assertThat(seen.doubled()).isEmpty();
            assertThat(seen.roots())
                    .filteredOn(root -> root.text().contains(lane.name()))
                    .hasSize(1);
        }
    }

    private Optional<Fault> hang(FaultyServer.Request request, boolean written) {
        if (!request.path().endsWith("chat.postMessage") || !first.getAndSet(false)) {
            return Optional.empty();
        }
        called.countDown();
        return Optional.of(written ? Fault.hangs().afterwards() : Fault.hangs());
    }

    private static void awaitRest(StoredOutcomes store) {
        await("everything is decided and sent")
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> store.query("SELECT 1 FROM delivery WHERE outcome IN ('in-progress', 'held')"
                                + " UNION ALL SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending', 'unknown')")
                        .isEmpty());
    }
}
