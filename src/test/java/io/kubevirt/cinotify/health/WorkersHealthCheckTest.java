// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.concurrent.CoalescingWorker;
import io.kubevirt.cinotify.concurrent.WorkStatus;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.fixture.CapturedLog;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.store.JournalEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deciding or sending that does not work is visible in readiness and metrics, and logged once. */
class WorkersHealthCheckTest {
    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Workers workers = new Workers(meters, Duration.ZERO);
    private final WorkersHealthCheck health = new WorkersHealthCheck(workers);
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void aDamagedPageIsDownAlthoughTheStoreAcceptsTestWrites() throws Exception {
        EmbeddedStore database = EmbeddedStore.in(folder.resolve("data"));
        database.store()
                .inTransaction(transaction ->
                        transaction.deliveries().insert(new JournalEntry("a", "status", NOON, new byte[0], 0)));
        CoalescingWorker worker = workers.create("event-loop", () -> {
            rounds.incrementAndGet();
            database.store().read(transaction -> transaction.deliveries().inProgress(5));
        });
        Path intact = folder.resolve("intact");
        damage(database.file(), intact);

        try (CapturedLog log = CapturedLog.of(WorkStatus.class)) {
            run(worker, 1);
            run(worker, 2);
            assertThatCode(() -> database.store().probe(0)).doesNotThrowAnyException();
            assertThat(up()).isZero();
            assertThat(health.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
            assertThat(problem())
                    .startsWith("event-loop: cannot read the store ([SQLITE_CORRUPT]")
                    .contains(database.file() + " is damaged", "restore a backup");
            assertThat(log.lines()).singleElement().asString().contains("is damaged");
        }
        Files.write(database.file(), Files.readAllBytes(intact));
        run(worker, 3);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(up()).isEqualTo(1));
        assertThat(health.call().getData()).isEmpty();
        worker.stop(Duration.ZERO);
    }

    @Test
    void aDefectIsShownButDeliveriesAreStillStored() throws InterruptedException {
        CoalescingWorker worker = workers.create("outbox", () -> {
            rounds.incrementAndGet();
            throw new IllegalStateException("a defect");
        });

        run(worker, 1);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(up()).isZero());
        assertThat(health.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(problem()).contains("outbox: unexpected error", "a defect");
        worker.stop(Duration.ZERO);
    }

    private void run(CoalescingWorker worker, int round) {
        worker.wake();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rounds.get() == round && !workers.failures().isEmpty() || round == 3);
    }

    private double up() {
        return meters.get("ci_notify.worker.up").gauge().value();
    }

    private String problem() {
        return health.call().getData().orElseThrow().get("problem").toString();
    }

    /** Overwrites the root page of one table. */
    private static void damage(Path file, Path intact) throws SQLException, IOException {
        int size;
        int page;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.createStatement().execute("PRAGMA wal_checkpoint(TRUNCATE)");
            size = number(connection, "PRAGMA page_size");
            page = number(connection, "SELECT rootpage FROM sqlite_master WHERE name = 'delivery'");
        }
        Files.copy(file, intact, StandardCopyOption.REPLACE_EXISTING);
        try (RandomAccessFile pages = new RandomAccessFile(file.toFile(), "rw")) {
            pages.seek((long) (page - 1) * size);
            pages.write(
                    "damaged ".repeat(size / "damaged ".length()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery(query)) {
            return rows.getInt(1);
        }
    }
}
