// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.OnEachStore;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.StoreBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Moving, backing up and checking a store on the command line, while it is open. */
class StoreCommandTest extends OnEachStore {

    private Terminal.Result run(String... arguments) {
        List<String> store = kind == TestStore.Kind.EMBEDDED
                ? List.of("--data-dir", folder.toString())
                : List.of("--database-url", url());
        return Terminal.run(Stream.concat(Stream.of(arguments), store.stream()).toArray(String[]::new));
    }

    private String url() {
        return PostgresServer.running().url(PostgresStore.nameOf(folder));
    }

    /** The drill of docs/operate.md. */
    @Test
    void aBackupIsRestoredAndChecked() throws IOException {
        database.store().inTransaction(transaction -> transaction
                .deliveries()
                .insert(new JournalEntry("guid", "status", Examples.NOON, new byte[] {1}, 0)));
        Path backups = Files.createDirectories(folder.resolve("backups"));
        Files.writeString(backups.resolve("ci-notify-20200101T000000Z.db"), "old");
        Files.writeString(backups.resolve("notes.db"), "of somebody else");

        Terminal.Result backup = run("backup", backups.toString(), "--keep", "1");

        assertThat(backup.code()).as(backup.err()).isZero();
        assertThat(backup.out()).startsWith("wrote " + backups.resolve("ci-notify-2"));
        assertThat(backups)
                .isDirectoryNotContaining("glob:**/ci-notify-2020*.db")
                .isDirectoryContaining("glob:**/notes.db");
        assertThat(database.store()
                        .<Boolean>read(transaction ->
                                transaction.watermarks().find(StoreBackup.LAST).isPresent()))
                .isTrue();
        String file = backup.out().strip().substring("wrote ".length());
        String restored = folder.resolve("restored").toString();
        assertThat(Terminal.run("restore", file, "--data-dir", restored).code()).isZero();
        Terminal.Result check = Terminal.run("store", "check", "--data-dir", restored);
        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out()).startsWith("schema ").contains("last backup 2", "    delivery: 1 row\n");
        assertThat(run("store", "check", "--output", "json").out()).contains("\"delivery\":1", "\"problems\":[]");
        assertThat(Terminal.run("restore", file, "--data-dir", restored).err())
                .startsWith("restore: " + restored + " has a store; use another directory");
    }

    @Test
    void eachCommandReadsEitherDatabase() {
        for (String command : List.of(
                "export",
                "suggestions",
                "digest --for taskforce --config config",
                "incidents list --config config",
                "outbox list")) {
            Terminal.Result result = run(command.split(" "));
            assertThat(result.code()).as(command + ": " + result.err()).isZero();
        }
    }

    @Test
    void theStoreIsCopied() {
        String target = folder.resolve("moved").toString();
        String source = kind == TestStore.Kind.EMBEDDED ? folder.toString() : url();

        Terminal.Result copy = Terminal.run("store", "copy", "--from", source, "--to", target);

        assertThat(copy.code()).as(copy.err()).isZero();
        assertThat(copy.out())
                .contains(" to " + target + ", with the same number of rows:", "    run: 0 rows")
                .endsWith("Start ci-notify with the new store, and never again with the old one.\n");
        assertThat(copy.err()).isEmpty();
        assertThat(Terminal.run("store", "copy", "--from", "mysql://x", "--to", target)
                        .err())
                .startsWith("--from: is not the address of a PostgreSQL database");
    }
}
