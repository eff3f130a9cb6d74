// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A transaction that reads and then writes, beside a writer: without the write lock from its beginning, SQLite refuses its write at once
 * with SQLITE_BUSY_SNAPSHOT, whatever the timeout.
 */
class WriteLockTest {

    @TempDir
    private Path folder;

    private Store writer;

    @BeforeEach
    void aWriterThatDoesNotWait() {
        writer = EmbeddedStore.withShortTimeoutIn(folder).store();
    }

    @Test
    void aCommandReadsAndWritesBesideAWriter() {
        try (StoreClient client = StoreClient.embedded(folder)) {
            readAndWrite(client.store());
        }
    }

    @Test
    void theStoreOfTestsReadsAndWritesBesideAWriter() {
        readAndWrite(EmbeddedStore.in(folder).store());
    }

    private void readAndWrite(Store store) {
        store.inTransaction(transaction -> {
            assertThat(isStored(transaction, "read")).isFalse();
            refuseTheWriter();
            // Readers wait for no writer.
            assertThat(writer.<Boolean>read(other -> !isStored(other, "read"))).isTrue();
            return insert(transaction, "read");
        });
        assertThat(writer.<Boolean>inTransaction(transaction -> insert(transaction, "later")))
                .isTrue();
        assertThat(store.<Boolean>read(other -> isStored(other, "later"))).isTrue();
    }

    @Test
    void aCopyReadsAndWritesBesideAWriter() {
        try (CopySide target = CopySide.target(new StoreLocation.Directory(folder))) {
            target.handle().begin();
            assertThat(isStored(target.transaction(), "read")).isFalse();
            refuseTheWriter();
            assertThat(insert(target.transaction(), "read")).isTrue();
            target.handle().commit();
        }
    }

    private void refuseTheWriter() {
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> writer.inTransaction(transaction -> insert(transaction, "beside")));
    }

    private static boolean insert(Transaction transaction, String id) {
        return transaction.deliveries().insert(delivery(id));
    }

    private static boolean isStored(Transaction transaction, String id) {
        return !transaction.deliveries().known(List.of(delivery(id))).isEmpty();
    }

    private static JournalEntry delivery(String id) {
        return new JournalEntry(id, "status", NOON, new byte[] {'{', '}'}, 0);
    }
}
