// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Transactions are atomic; errors are reported. */
class StoreTest {

    @TempDir
    private Path folder;

    @Test
    void workThatThrowsLeavesNothing() {
        EmbeddedStore database = EmbeddedStore.in(folder);

        assertThatThrownBy(() -> database.store().inTransaction(transaction -> {
                    transaction.deliveries().insert(delivery("a"));
                    throw new IllegalStateException("half way");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("half way");

        assertThat(database.outcomes().entries()).isEmpty();
        assertThat(insert(database.store())).isTrue();
    }

    @Test
    void aDatabaseThatAnotherOneHoldsIsUnavailableUntilItIsLetGo() throws SQLException {
        EmbeddedStore database = EmbeddedStore.withShortTimeoutIn(folder);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database.file());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertUnavailable(database.store(), "check the disk of " + database.file());
        }
        assertThatCode(() -> database.store().probe(0)).doesNotThrowAnyException();
        assertThat(insert(database.store())).isTrue();
    }

    @Test
    void aFullDiskIsUnavailable() throws SQLException {
        EmbeddedStore database = EmbeddedStore.in(folder);
        SQLiteDataSource full = new SQLiteDataSource();
        // Simulates a full disk: SQLite may add no page.
        full.setUrl("jdbc:sqlite:" + database.file() + "?journal_mode=WAL&transaction_mode=IMMEDIATE&max_page_count=1");
        Store store = new Store(full, DatabaseFileGuard.at(database.file()));

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> store.inTransaction(transaction -> transaction
                        .deliveries()
                        .insert(new JournalEntry("big", "status", NOON, new byte[1_000_000], 0))))
                .withMessageEndingWith("the disk of " + database.file() + " is full; free space or enlarge the volume");
        assertThat(database.outcomes().entries()).isEmpty();
    }

    @Test
    void aDeletedFileIsNoticedAtOnceAndNothingIsTakenAnyMore() throws IOException {
        EmbeddedStore database = EmbeddedStore.in(folder);
        Files.delete(database.file());

        assertUnavailable(database.store(), "deleted or replaced");
        assertThatThrownBy(() -> DatabaseFileGuard.at(database.file())).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aReplacedFileIsNoticedAlthoughItIsADatabase() throws IOException {
        EmbeddedStore database = EmbeddedStore.in(folder.resolve("one"));
        EmbeddedStore copy = EmbeddedStore.in(folder.resolve("two"));
        Files.move(copy.file(), database.file(), StandardCopyOption.REPLACE_EXISTING);

        assertUnavailable(database.store(), "restart ci-notify");
    }

    @Test
    void aFileThatVanishesDuringTheWorkIsNoticedBeforeAnythingIsPromised() {
        EmbeddedStore database = EmbeddedStore.in(folder);

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> database.store().inTransaction(transaction -> {
                    transaction.deliveries().insert(delivery("a"));
                    return database.file().toFile().delete();
                }));
    }

    @Test
    void aFolderHasOneOwner() throws Exception {
        DataDirectoryLock first = DataDirectoryLock.acquire(folder);

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> DataDirectoryLock.acquire(folder))
                .withMessageContaining("--data-dir: " + folder + " is in use by another ci-notify (process "
                        + ProcessHandle.current().pid() + "); stop that one first");
        first.close();
        DataDirectoryLock.acquire(folder).close();
    }

    private static void assertUnavailable(Store store, String sentence) {
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> insert(store))
                .withMessageContaining(sentence);
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> store.probe(0));
    }

    private static boolean insert(Store store) {
        return store.inTransaction(transaction -> transaction.deliveries().insert(delivery("a")));
    }

    private static JournalEntry delivery(String id) {
        return new JournalEntry(id, "status", NOON, new byte[] {'{', '}'}, 0);
    }
}
