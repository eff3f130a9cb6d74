// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.store.StoreLocation.BackupFile;
import io.kubevirt.cinotify.store.StoreLocation.Directory;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** One SQLite file with everything of a store, from either database and for either one. */
public final class StoreBackup {
    /** When the newest backup was complete, in the store and in the backup. */
    public static final String LAST = "backup/last";

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private StoreBackup() {}

    /**
     * Writes a new file, complete or not at all; the plugin may run. What waits to be sent may be sent by then, so in the
     * backup its outcome is unknown: a plugin that has it restored looks first.
     *
     * @throws InvalidConfigException if the file exists, or there is no store
     */
    public static void write(StoreLocation from, Path file, Instant now, StoreCopy.Progress progress)
            throws InvalidConfigException {
        StoreCopy.requireStore("--data-dir", from);
        if (Files.exists(file)) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile("backup", file + " exists already", "use another name, or a directory"));
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Path inbox = file.resolveSibling(file.getFileName() + ".inbox.part");
        try {
            delete(part, inbox);
            DataFileModes.create(part);
            if (from instanceof Directory directory) {
                DataFileModes.create(inbox);
                // Before the journal: an event that moves meanwhile is in both.
                vacuum(directory.path().resolve(InboxFile.FILE), inbox);
                vacuum(Database.file(directory.path()), part);
            }
            complete(from, part, inbox, now, progress);
            force(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StoreUnavailable.because(e, "cannot write " + file, SqlDialect.SQLITE, file);
        } finally {
            delete(part, inbox);
        }
    }

    private static void complete(StoreLocation from, Path part, Path inbox, Instant now, StoreCopy.Progress progress)
            throws InvalidConfigException {
        try (CopySide target = CopySide.target(new BackupFile(part))) {
            if (!(from instanceof Directory)) {
                try (CopySide source = CopySide.snapshot(from)) {
                    StoreCopy.copy(source, target, null, progress);
                }
            }
            target.handle().useTransaction(handle -> {
                Transaction transaction = target.transaction();
                transaction.verifySchema();
                if (from instanceof Directory) {
                    StoreCopy.appendInbox(inbox, transaction.deliveries());
                }
                transaction.outbox().doubtUnsettled(now);
                transaction.destinations().endAllLeases();
                transaction.watermarks().set(LAST, new Watermark("", now));
            });
        } catch (SQLException | JdbiException e) {
            throw StoreUnavailable.because(e, "cannot write " + part, SqlDialect.SQLITE, part);
        }
        verify(part);
    }

    /** A consistent copy of a database file; other processes may write to it. */
    private static void vacuum(Path database, Path copy) {
        if (!Files.isRegularFile(database)) {
            return;
        }
        String url = "jdbc:sqlite:" + database + "?open_mode=1&busy_timeout=" + BUSY_TIMEOUT.toMillis();
        try (Handle handle = Jdbi.create(url).open()) {
            handle.execute("VACUUM INTO ?", copy.toString());
        } catch (JdbiException e) {
            throw StoreUnavailable.because(e, "cannot copy " + database + " to " + copy, SqlDialect.SQLITE, copy);
        }
    }

    /**
     * Restores a backup into an empty store; a directory gets the schema of this version.
     *
     * @param replace moves what the directory has into a directory below it
     * @return the directory with the old files, if there were any
     * @throws InvalidConfigException if the backup is damaged, or the target is in use or not empty; the target is unchanged
     */
    public static Optional<Path> restore(Path file, StoreLocation to, boolean replace, StoreCopy.Progress progress)
            throws InvalidConfigException {
        int schema = verify(file);
        if (to instanceof Directory directory) {
            return restore(file, directory, replace);
        }
        if (schema != SchemaVersion.CURRENT) {
            throw problem(
                    file + " has schema " + schema + ", but this version of ci-notify writes " + SchemaVersion.CURRENT,
                    "restore it into a directory with --data-dir, which migrates it, then use ci-notify store copy");
        }
        StoreCopy.run(new BackupFile(file), to, progress);
        return Optional.empty();
    }

    private static Optional<Path> restore(Path file, Directory to, boolean replace) throws InvalidConfigException {
        Path part = to.path().resolve(Database.file(to.path()).getFileName() + ".part");
        try (DataDirectoryLock lock = DataDirectoryLock.acquire(to.path())) {
            if ((to.hasStore() || to.hasInbox()) && !replace) {
                throw problem(
                        to + " has " + (to.hasStore() ? "a store" : "accepted events in " + InboxFile.FILE),
                        "use another directory, or --replace, which keeps the files of the old one");
            }
            delete(part);
            DataFileModes.create(part);
            try (OutputStream out = Files.newOutputStream(part)) {
                Files.copy(file, out);
            }
            force(part);
            Optional<Path> old = moveOld(to.path());
            Files.move(part, Database.file(to.path()), StandardCopyOption.ATOMIC_MOVE);
            Database.embedded(to.path(), BUSY_TIMEOUT).close();
            return old;
        } catch (IOException e) {
            throw StoreUnavailable.because(e, "cannot restore to " + to, SqlDialect.SQLITE, to.path());
        } finally {
            delete(part);
        }
    }

    private static Optional<Path> moveOld(Path directory) throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(directory)) {
            old = files.filter(StoreBackup::isOfStore).toList();
        }
        if (old.isEmpty()) {
            return Optional.empty();
        }
        Path kept = Files.createTempDirectory(directory, "replaced-");
        for (Path each : old) {
            Files.move(each, kept.resolve(each.getFileName()));
        }
        return Optional.of(kept);
    }

    private static boolean isOfStore(Path file) {
        String name = file.getFileName().toString();
        return !name.endsWith(".part")
                && (name.startsWith(String.valueOf(Database.file(file).getFileName()))
                        || name.startsWith(InboxFile.FILE));
    }

    /**
     * Reads every page of a backup.
     *
     * @return its schema
     * @throws InvalidConfigException if it is no complete backup
     */
    private static int verify(Path file) throws InvalidConfigException {
        if (!Files.isRegularFile(file)) {
            throw problem("there is no file " + file, "use a file that ci-notify backup wrote");
        }
        try (Handle handle = Jdbi.create("jdbc:sqlite:" + file + "?open_mode=1").open()) {
            String problem = handle.createQuery("PRAGMA quick_check(1)")
                    .mapTo(String.class)
                    .one();
            if (!problem.equals("ok")) {
                throw problem(file + " is damaged or truncated (" + problem + ")", "use another backup");
            }
            requireAllBytes(file, handle);
            int schema = SchemaVersion.newest(handle);
            if (schema > SchemaVersion.CURRENT) {
                throw SchemaVersion.Mismatch.newer(Integer.toString(schema));
            }
            StoreCopy.rejectUnfinished(new WatermarkTable(handle));
            return schema;
        } catch (JdbiException | IOException e) {
            throw problem(
                    file + " is no backup of ci-notify, or it is damaged or truncated (" + StoreUnavailable.reason(e)
                            + ")",
                    "use another backup");
        }
    }

    /** SQLite reads missing bytes at the end of the last page as zeros. */
    private static void requireAllBytes(Path file, Handle handle) throws IOException, InvalidConfigException {
        long expected = handle.createQuery("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                .mapTo(Long.class)
                .one();
        if (Files.size(file) != expected) {
            throw problem(
                    file + " is truncated: it has " + Files.size(file) + " of " + expected + " bytes",
                    "use another backup");
        }
    }

    private static InvalidConfigException problem(String text, String fix) {
        return new InvalidConfigException(ConfigProblem.ofFile("restore", text, fix));
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Files of this program that nobody needs any more. */
    private static void delete(Path... files) {
        for (Path file : files) {
            for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
                try {
                    Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
                } catch (IOException e) {
                    throw StoreUnavailable.because(e, "cannot delete " + file, SqlDialect.SQLITE, file);
                }
            }
        }
    }
}
