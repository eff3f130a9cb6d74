// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.fixture.StoreOfSchema14;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import io.kubevirt.cinotify.store.StoreLocation.Directory;
import io.kubevirt.cinotify.store.StoreLocation.Server;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores are copied, backed up and restored, whatever goes wrong meanwhile. */
class StoreCopyTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

    @TempDir
    private Path folder;

    private Directory source;
    private Directory target;

    @BeforeEach
    void create() throws IOException, SQLException {
        source = new Directory(Files.createDirectories(folder.resolve("source")));
        target = new Directory(folder.resolve("target"));
        StoreOfSchema14.createIn(source.path());
        try (Database database = Database.embedded(source.path(), TIMEOUT)) {
            database.inbox().append(List.of(event("arrived")));
        }
    }

    private static JournalEntry event(String id) {
        return new JournalEntry(id, "status", NOW, new byte[] {1, 0, -1}, 0);
    }

    @Test
    void aRoundTripThroughPostgresqlKeepsEveryRowAndNumber() throws Exception {
        Server server = server("round");
        Map<String, Long> rows = StoreCopy.run(source, server, StoreCopy.Progress.NONE);
        StoreCopy.run(server, target, StoreCopy.Progress.NONE);

        assertThat(rows).containsEntry("incident", 4L).doesNotContainValue(-1L);
        assertThat(content(target, "")).isEqualTo(content(source, "")).hasSizeGreaterThan(20);
        assertThat(content(target, "SELECT id, event, outcome FROM delivery WHERE id = 'arrived'"))
                .containsExactly("arrived status in-progress");
        StoreCheck check = StoreCheck.of(server);
        assertThat(check.problems()).isEmpty();
        // The journal goes on behind the last number that was given, also if its row is gone.
        execute(source, "UPDATE sqlite_sequence SET seq = 5000 WHERE name = 'delivery'");
        Server other = server("other");
        StoreCopy.run(source, other, StoreCopy.Progress.NONE);
        assertThat(content(other, "SELECT sequence FROM delivery WHERE id = 'arrived'"))
                .containsExactly("5001");
    }

    @Test
    void anInterruptedCopyContinuesAndOpensToNobodyBefore() throws Exception {
        fillRuns(2_500);
        Server server = server("interrupted");
        List<Long> seen = new ArrayList<>();

        for (long interruption : List.of(1_000L, 2_000L)) {
            assertThatThrownBy(() -> StoreCopy.run(source, server, (what, done, total) -> {
                        if (what.endsWith(" run") && done >= interruption) {
                            throw new IllegalStateException("killed");
                        }
                    }))
                    .hasMessage("killed");
            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> StoreClient.postgresql(server.address()).close())
                    .withMessageContaining("incomplete copy of " + source + ": run the same ci-notify store copy");
            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> Database.postgresql(server.address()).close());
        }
        StoreCopy.run(source, server, (what, done, total) -> {
            if (what.endsWith(" run")) {
                seen.add(done);
            }
        });

        assertThat(seen).first().isEqualTo((long)
                content(source, "SELECT 1 FROM run").size());
        assertThat(content(server, "SELECT lane, build_id FROM run ORDER BY lane, build_id"))
                .hasSizeGreaterThan(2_500)
                .hasSameElementsAs(content(source, "SELECT lane, build_id FROM run"));
        Database.postgresql(server.address()).close();
    }

    @Test
    void aSourceThatWasUsedMeanwhileIsCopiedAnew() throws Exception {
        interruptedCopy();
        try (Database database = Database.embedded(source.path(), TIMEOUT)) {
            database.store()
                    .inTransaction(transaction -> transaction.engineState().lock());
        }
        execute(source, "DELETE FROM bump_problem");
        execute(source, "UPDATE incident SET title = 'changed'");

        StoreCopy.run(source, target, StoreCopy.Progress.NONE);

        assertThat(content(target, "")).isEqualTo(content(source, ""));
    }

    private void interruptedCopy() {
        assertThatThrownBy(() -> StoreCopy.run(source, target, (what, done, total) -> {
                    if (what.endsWith(" message")) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
    }

    @Test
    void aFullDiskIsNamedAndTheCopyContinues() throws Exception {
        fillRuns(2_500);
        List<String> before = content(source, "");
        try (CopySide from = CopySide.snapshot(source);
                CopySide to = CopySide.target(target)) {
            to.handle().execute("PRAGMA max_page_count = 150");

            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> StoreCopy.copy(from, to, null, StoreCopy.Progress.NONE))
                    .withMessageContaining("the disk of " + Database.file(target.path()) + " is full");
        }
        assertThat(content(source, "")).isEqualTo(before);
        StoreCopy.run(source, target, StoreCopy.Progress.NONE);
        assertThat(content(target, "")).isEqualTo(before);
    }

    @Test
    void whatIsInUseOrNotEmptyIsRefused() throws Exception {
        Server server = server("used");
        try (DataDirectoryLock serve = DataDirectoryLock.acquire(source.path())) {
            assertRefused(source, server, "--from: " + source + " is in use by another ci-notify");
        }
        StoreCopy.run(source, server, StoreCopy.Progress.NONE);
        assertRefused(source, server, "is not empty: bump has ");
        assertRefused(source, source, "is in use by another ci-notify");
        assertRefused(target, server, "--from: no store of ci-notify in " + target);
        try (Database database = Database.postgresql(server.address())) {
            database.store().liveness().refresh();
            assertRefused(server, target, "--from: 1 ci-notify process used it within the last ten seconds");
        }
    }

    private static void assertRefused(StoreLocation from, StoreLocation to, String message) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> StoreCopy.run(from, to, StoreCopy.Progress.NONE))
                .withMessageContaining(message);
    }

    @Test
    void eitherDatabaseIsBackedUpWhileItRunsAndRestoredToEither() throws Exception {
        Server server = server("backup");
        StoreCopy.run(source, server, StoreCopy.Progress.NONE);
        Path ofSource = folder.resolve("source.db");
        Path ofServer = folder.resolve("server.db");
        try (Database embedded = Database.embedded(source.path(), TIMEOUT);
                Database shared = Database.postgresql(server.address())) {
            shared.store().liveness().refresh();
            execute(source, "UPDATE outbox SET state = 'waiting' WHERE sequence = 1");
            StoreBackup.write(source, ofSource, NOW, StoreCopy.Progress.NONE);
            StoreBackup.write(server, ofServer, NOW, StoreCopy.Progress.NONE);
            assertThat(embedded.inbox().size()).isOne();
        }

        StoreBackup.restore(ofServer, target, false, StoreCopy.Progress.NONE);
        assertThat(withoutBackup(target)).isEqualTo(withoutBackup(server));
        Server restored = server("restored");
        StoreBackup.restore(ofSource, restored, false, StoreCopy.Progress.NONE);
        assertThat(content(restored, "SELECT id FROM incident ORDER BY id"))
                .isEqualTo(content(source, "SELECT id FROM incident ORDER BY id"));
        assertThat(content(restored, "SELECT outcome FROM delivery WHERE id = 'arrived'"))
                .containsExactly("in-progress");
        // It may be sent by now, so it is looked up.
        assertThat(content(restored, "SELECT state, uncertain_since FROM outbox WHERE sequence = 1"))
                .containsExactly("unknown " + NOW.toEpochMilli());
        assertThat(StoreCheck.of(restored).lastBackup()).isEqualTo(NOW);
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains(".part"));
    }

    @Test
    void whatMayBeSentBeforeItsMessageIsAdmittedIsLookedUpToo() throws Exception {
        Path backup = folder.resolve("pending.db");
        execute(source, "UPDATE message SET state = 'pending'");
        execute(source, "UPDATE outbox SET state = 'waiting', uncertain_since = NULL");
        execute(source, "UPDATE outbox SET form = 'announce' WHERE sequence = 1");

        StoreBackup.write(source, backup, NOW, StoreCopy.Progress.NONE);

        assertThat(rows(
                        new StoredOutcomes(backup),
                        "SELECT DISTINCT form = 'announce' AS early, state, uncertain_since FROM outbox ORDER BY 1"))
                .containsExactly("0 waiting null", "1 unknown " + NOW.toEpochMilli());
    }

    @Test
    void acceptedEventsAreNotMovedAwayUnasked() throws Exception {
        Path backup = folder.resolve("backup.db");
        StoreBackup.write(source, backup, NOW, StoreCopy.Progress.NONE);
        Files.delete(Database.file(source.path()));

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> StoreBackup.restore(backup, source, false, StoreCopy.Progress.NONE))
                .withMessageContaining(
                        source + " has accepted events in inbox.db; use another directory, or --replace");
        assertThat(source.path().resolve("inbox.db")).exists();
    }

    private static List<String> withoutBackup(StoreLocation store) throws Exception {
        return content(store, "").stream()
                .filter(row -> !row.contains(StoreBackup.LAST))
                .toList();
    }

    @Test
    void aDamagedBackupIsRefusedAndNothingChanges() throws Exception {
        Path backup = folder.resolve("backup.db");
        StoreBackup.write(source, backup, NOW, StoreCopy.Progress.NONE);
        byte[] whole = Files.readAllBytes(backup);
        List<String> before = content(source, "");

        for (int length : new int[] {0, 50, 4_096, whole.length / 2, whole.length - 4_096, whole.length - 1}) {
            Files.write(backup, Arrays.copyOf(whole, length));
            assertRestoreRefused(backup, source, "truncated");
        }
        ByteBuffer damaged = ByteBuffer.wrap(whole.clone());
        Files.write(
                backup,
                damaged.put(whole.length / 8_192 * 4_096, new byte[4_096]).array());
        assertRestoreRefused(backup, source, "damaged");
        assertRestoreRefused(folder.resolve("none.db"), source, "there is no file");
        Files.write(backup, whole);
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> StoreBackup.restore(backup, source, false, StoreCopy.Progress.NONE))
                .withMessageContaining(source + " has a store; use another directory, or --replace");
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> StoreBackup.write(source, backup, NOW, StoreCopy.Progress.NONE))
                .withMessageContaining("exists already");
        assertThat(content(source, "")).isEqualTo(before);

        StoreBackup.restore(backup, source, true, StoreCopy.Progress.NONE);
        try (Stream<Path> old = Files.walk(source.path())) {
            assertThat(old.map(Path::toString))
                    .anyMatch(file -> file.contains("replaced-") && file.endsWith("ci-notify.db"))
                    .anyMatch(file -> file.contains("replaced-") && file.endsWith("inbox.db"));
        }
    }

    private static void assertRestoreRefused(Path backup, Directory to, String message) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> StoreBackup.restore(backup, to, true, StoreCopy.Progress.NONE))
                .withMessageContaining(message)
                .withMessageContaining("use ");
    }

    @Test
    void aBackupOfAnOlderSchemaIsMigrated() throws Exception {
        Directory old = new Directory(Files.createDirectories(folder.resolve("old")));
        StoreOfSchema14.createIn(old.path());
        Path backup = Database.file(old.path());

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> StoreBackup.restore(backup, server("older"), false, StoreCopy.Progress.NONE))
                .withMessageContaining("has schema 14")
                .withMessageContaining("then use ci-notify store copy");
        StoreBackup.restore(backup, target, false, StoreCopy.Progress.NONE);
        assertThat(StoreCheck.of(target).rows()).containsEntry("incident", 4L);
    }

    @Test
    void theCheckFindsDamage() throws Exception {
        execute(
                source,
                "PRAGMA foreign_keys = off; DELETE FROM message WHERE id IN (SELECT message_id FROM outbox"
                        + " WHERE sequence = 1)");
        execute(source, "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'delivery'");

        assertThat(StoreCheck.of(source).problems())
                .anyMatch(problem -> problem.matches("row \\d+ of outbox refers to a missing row of message"))
                .anyMatch(problem -> problem.startsWith("the next row of delivery gets number 2, but there is a row "));
    }

    private Server server(String name) throws InvalidConfigException {
        String database = PostgresStore.nameOf(folder.resolve(name));
        PostgresServer.running().makeEmpty(database);
        return new Server(DatabaseAddress.parse(PostgresServer.running().url(database), null));
    }

    private void fillRuns(int count) throws SQLException {
        execute(
                source,
                "INSERT INTO run (lane, build_id, job, type, state, seen_at, document) WITH RECURSIVE n(i) AS"
                        + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count
                        + ") SELECT 'lane-' || (i % 7), i, 'job',"
                        + " 'periodic', 'success', i, '{\"padding\": \"' || hex(zeroblob(100)) || '\"}' FROM n");
    }

    private static void execute(Directory store, String sql) throws SQLException {
        try (Connection connection =
                java.sql.DriverManager.getConnection("jdbc:sqlite:" + Database.file(store.path()))) {
            connection.createStatement().executeUpdate(sql);
        }
    }

    /** The rows of a query, or of all tables; an event of the inbox has no number before it is moved. */
    private static List<String> content(StoreLocation store, String sql) throws Exception {
        StoredOutcomes database = store instanceof Server server
                ? new StoredOutcomes(
                        server.address().jdbcUrl() + "?user=" + server.address().user())
                : new StoredOutcomes(Database.file(((Directory) store).path()));
        if (!sql.isEmpty()) {
            return rows(database, sql);
        }
        List<String> content = new ArrayList<>();
        try (CopySide side = CopySide.snapshot(store)) {
            for (CopyTable table : CopyTable.of(side.handle().getConnection())) {
                String columns = table.columns().stream()
                        .map(CopyTable.Column::name)
                        .sorted()
                        .collect(Collectors.joining(", "));
                rows(
                                database,
                                "SELECT " + columns + " FROM " + table.name()
                                        + (table.name().equals("delivery") ? " WHERE id <> 'arrived'" : ""))
                        .stream()
                        .map(row -> table.name() + " " + row)
                        .sorted()
                        .forEach(content::add);
            }
        }
        return content;
    }

    private static List<String> rows(StoredOutcomes database, String sql) {
        return database.query(sql).stream()
                .map(row -> row.values().stream()
                        .map(value -> value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value))
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
