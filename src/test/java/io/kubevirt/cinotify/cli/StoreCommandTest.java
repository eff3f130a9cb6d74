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
import java.nio.file.attribute.FileTime;
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
        Files.writeString(backups.resolve("ci-notify-before-upgrade.db"), "named by somebody");
        Path killed = Files.writeString(backups.resolve("ci-notify-20200101T000000Z.db.inbox.part-wal"), "half");
        Files.setLastModifiedTime(killed, FileTime.fromMillis(0));
        Files.writeString(backups.resolve("ci-notify-20200102T000000Z.db.part"), "perhaps being written");

        Terminal.Result backup = run("backup", backups.toString(), "--keep", "1");

        assertThat(backup.code()).as(backup.err()).isZero();
        assertThat(backup.out()).startsWith("wrote " + backups.resolve("ci-notify-2"));
        assertThat(backups)
                .isDirectoryNotContaining("glob:**/ci-notify-2020*.db")
                .isDirectoryContaining("glob:**/notes.db")
                .isDirectoryContaining("glob:**/ci-notify-before-upgrade.db")
                .isDirectoryContaining("glob:**/ci-notify-20200102T000000Z.db.part")
                .isDirectoryNotContaining("glob:**/*.inbox.part*");
        assertThat(database.store()
                        .<Boolean>read(transaction ->
                                transaction.watermarks().find(StoreBackup.LAST).isPresent()))
                .isTrue();
        String file = backup.out().strip().substring("wrote ".length());
        assertThat(Path.of(file)).exists();
        String restored = folder.resolve("restored").toString();
        assertThat(Terminal.run("restore", file, "--data-dir", restored).code()).isZero();
        Terminal.Result check = Terminal.run("store", "check", "--data-dir", restored);
        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out()).startsWith("schema ").contains("last backup 2", "    delivery: 1 row\n");
        assertThat(run("store", "check", "--output", "json").out()).contains("\"delivery\":1", "\"problems\":[]");
        assertThat(Terminal.run("restore", file, "--data-dir", restored).err())
                .startsWith("restore: " + restored + " has a store; use another directory");
        assertThat(Terminal.run("restore", file, "--data-dir", restored, "--replace")
                        .out())
                .contains("the old files are in " + restored + "/replaced-");
    }

    @Test
    void keepIsForBackupsInADirectory() throws IOException {
        Path file = folder.resolve("backup.db");
        Path absent = folder.resolve("absent");

        assertThat(run("backup", file.toString(), "--keep", "2").err())
                .startsWith("--keep needs a directory, and " + file + " is none; create it\n");
        assertThat(run("backup", folder.toString(), "--keep=-1").err())
                .startsWith("--keep is -1; use a number from 0\n");
        assertThat(file).doesNotExist();
        Path backups = Files.createDirectories(folder.resolve("backups"));
        Path good = Files.writeString(backups.resolve("ci-notify-20200101T000000Z.db"), "good");
        assertThat(Terminal.run("backup", backups.toString(), "--keep=1", "--data-dir", absent.toString())
                        .err())
                .startsWith("--data-dir: no store of ci-notify in " + absent);
        assertThat(backups).isDirectoryContaining(good::equals).isDirectoryNotContaining(other -> !good.equals(other));
    }

    @Test
    void whatIsGivenAsADatabaseIsNoDirectory() {
        assertThat(Terminal.run("store", "check", "--database-url", "ci_notify").err())
                .startsWith("--database-url: is not the address of a PostgreSQL database");
        assertThat(Terminal.run("store", "check", "--database-password-file", "x")
                        .err())
                .startsWith("--database-password-file: is given without --database-url");
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
    void theStoreIsCopied() throws IOException {
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
        Path inFile = folder.resolve("file").resolve("x");
        Files.writeString(folder.resolve("file"), "");
        assertThat(Terminal.run("store", "copy", "--from", source, "--to", inFile.toString())
                        .err())
                .startsWith("--to: cannot lock " + inFile);
    }
}
