// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.store.StoreLocation.Directory;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Copies a store into an empty one, also of the other database. Each batch of rows is committed with the key of its last row, so
 * an interrupted copy continues. Until it is complete, nothing opens the target.
 */
public final class StoreCopy {
    static final String MARK = "copy/";

    /** Where the rows come from, and what was there. */
    private static final String SOURCE = MARK + "source";

    private static final int MAX_BATCH = 1_000;
    private static final long MAX_BATCH_BYTES = 4 << 20;

    private final CopySide source;
    private final CopySide target;
    private final Progress progress;
    private final List<CopyTable> tables;
    private final Map<String, Long> counts;

    private StoreCopy(CopySide source, CopySide target, Progress progress) throws SQLException {
        this.source = source;
        this.target = target;
        this.progress = progress;
        this.tables = CopyTable.of(source.handle().getConnection());
        this.counts = counts(source.handle(), tables);
    }

    /** Called after each batch. */
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (what, done, total) -> {};

        void show(String what, long done, long total);
    }

    static void rejectUnfinished(WatermarkTable watermarks) {
        watermarks.find(SOURCE).ifPresent(source -> {
            throw new StoreUnavailable("the store is an incomplete copy of "
                    + source.value().replaceFirst(" \\{.*", "")
                    + ": run the same ci-notify store copy or restore again, it continues");
        });
    }

    /**
     * Copies a store that no plugin uses; the source stays unchanged.
     *
     * @return rows by table
     * @throws InvalidConfigException if a plugin uses one of them, there is no source, or the target is not empty
     * @throws StoreUnavailable if a database fails; the next call continues
     */
    public static Map<String, Long> run(StoreLocation from, StoreLocation to, Progress progress)
            throws InvalidConfigException {
        requireStore("--from", from);
        try (AutoCloseable sourceLock = lock("--from", from);
                AutoCloseable targetLock = lock("--to", to);
                CopySide source = CopySide.snapshot(from);
                CopySide target = CopySide.target(to)) {
            rejectReplicas("--from", source);
            rejectReplicas("--to", target);
            Map<String, Long> counts = copy(source, target, inbox(from), progress);
            rejectReplicas("--from", source);
            return counts;
        } catch (InvalidConfigException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot release a lock", e);
        }
    }

    /** @param option for errors */
    static void requireStore(String option, StoreLocation from) throws InvalidConfigException {
        if (from instanceof Directory directory && !directory.hasStore()) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    option, "no store of ci-notify in " + from, "use the --data-dir of serve, or a postgresql:// URL"));
        }
    }

    private static AutoCloseable lock(String option, StoreLocation location) throws InvalidConfigException {
        return location instanceof Directory directory ? DataDirectoryLock.acquire(option, directory.path()) : () -> {};
    }

    private static void rejectReplicas(String option, CopySide side) throws InvalidConfigException {
        int replicas = side.dialect() == SqlDialect.POSTGRESQL
                ? side.transaction().leases().count(ProcessLiveness.Shared.LEASE_PREFIX)
                : 0;
        if (replicas > 0) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    option,
                    Plural.of(replicas, "ci-notify process") + " used it within the last ten seconds",
                    "stop ci-notify (scale its Deployment to 0), then run the command again"));
        }
    }

    private static @Nullable Path inbox(StoreLocation from) {
        return from instanceof Directory directory ? directory.path().resolve(InboxFile.FILE) : null;
    }

    /** @param inbox of the source; null if its events are in the journal */
    static Map<String, Long> copy(CopySide source, CopySide target, @Nullable Path inbox, Progress progress)
            throws InvalidConfigException {
        try {
            StoreCopy copy = new StoreCopy(source, target, progress);
            copy.prepare();
            for (CopyTable table : copy.tables) {
                copy.copy(table);
            }
            copy.finish(inbox);
            return copy.counts;
        } catch (SQLException | JdbiException e) {
            throw source.failed(e);
        }
    }

    private static Map<String, Long> counts(Handle handle, List<CopyTable> tables) {
        Map<String, Long> counts = new TreeMap<>();
        for (CopyTable table : tables) {
            counts.put(table.name(), count(handle, table));
        }
        return counts;
    }

    private static long count(Handle handle, CopyTable table) {
        return handle.createQuery("SELECT count(*)" + table.from())
                .mapTo(Long.class)
                .one();
    }

    /** Changes with every decision and every test write of a plugin. */
    private String fingerprint() {
        return source + " " + counts + " "
                + source.handle()
                        .createQuery("SELECT CAST(version AS TEXT) || '/' || CAST(writes AS TEXT)"
                                + " FROM engine_state, write_probe")
                        .mapTo(String.class)
                        .one();
    }

    /** Begins a copy, or starts it anew if the source has changed since. */
    private void prepare() throws InvalidConfigException {
        String fingerprint = fingerprint();
        try {
            Optional<String> begun =
                    target.transaction().watermarks().find(SOURCE).map(Watermark::value);
            if (begun.isEmpty()) {
                requireEmpty();
            }
            if (begun.isEmpty() || !begun.get().equals(fingerprint)) {
                target.handle().useTransaction(handle -> {
                    tables.reversed().stream()
                            .filter(table -> !table.key().isEmpty())
                            .forEach(table -> handle.execute("DELETE FROM " + table.name()));
                    mark(SOURCE, fingerprint);
                });
            }
        } catch (JdbiException e) {
            throw target.failed(e);
        }
    }

    private void requireEmpty() throws InvalidConfigException {
        for (CopyTable table : tables) {
            long rows = table.key().isEmpty() ? 0 : count(target.handle(), table);
            if (rows > 0) {
                throw new InvalidConfigException(ConfigProblem.ofFile(
                        target.toString(),
                        "is not empty: " + table.name() + " has " + Plural.of(rows, "row"),
                        "use an empty database or a new directory"));
            }
        }
    }

    private void mark(String name, String value) {
        target.transaction().watermarks().set(name, new Watermark(value, Instant.EPOCH));
    }

    private void copy(CopyTable table) throws SQLException {
        if (table.key().isEmpty()) {
            return;
        }
        long done = count(target.handle(), table);
        try (PreparedStatement select = table.select(source.handle().getConnection(), position(table));
                ResultSet row = select.executeQuery();
                Batch batch = new Batch(table)) {
            boolean more = row.next();
            while (more) {
                batch.add(row);
                done++;
                List<Object> key = table.key(row);
                more = row.next();
                if (!more || batch.isFull()) {
                    batch.write(key);
                    progress.show("copying " + table.name(), done, counts.getOrDefault(table.name(), done));
                }
            }
        }
    }

    /** The key of the last row that the target has. */
    private List<Object> position(CopyTable table) {
        return target.transaction()
                .watermarks()
                .find(MARK + "table/" + table.name())
                .map(mark -> List.<Object>of(JsonColumns.read(mark.value(), Object[].class)))
                .orElse(List.of());
    }

    private void finish(@Nullable Path inbox) {
        try {
            target.handle().useTransaction(handle -> {
                compareCounts(handle);
                for (CopyTable table : tables) {
                    if (table.key().isEmpty()) {
                        handle.execute("DELETE FROM " + table.name());
                        copyOnlyRow(table);
                    }
                }
                source.dialect().counters(source.handle()).forEach((table, last) -> {
                    if (last > 0) {
                        target.dialect().setCounter(handle, table, last);
                    }
                });
                appendInbox(inbox, target.transaction().deliveries());
                target.transaction().destinations().endAllLeases();
                handle.execute("DELETE FROM watermark WHERE name LIKE '" + MARK + "%'");
            });
        } catch (SQLException | JdbiException e) {
            throw target.failed(e);
        }
    }

    private void compareCounts(Handle handle) {
        counts(handle, tables).forEach((table, copied) -> {
            long expected = counts.getOrDefault(table, 0L);
            if (copied != expected && !isOnlyRow(table)) {
                throw new StoreUnavailable("the copy of " + table + " has " + Plural.of(copied, "row") + ", the source "
                        + expected + ": delete the copy and start again");
            }
        });
    }

    private boolean isOnlyRow(String name) {
        return tables.stream()
                .anyMatch(table -> table.name().equals(name) && table.key().isEmpty());
    }

    private void copyOnlyRow(CopyTable table) throws SQLException {
        try (PreparedStatement select = table.select(source.handle().getConnection(), List.of());
                ResultSet row = select.executeQuery();
                PreparedStatement insert = table.insert(target.handle().getConnection(), target.dialect())) {
            while (row.next()) {
                table.add(row, insert, target.dialect());
            }
            insert.executeBatch();
        }
    }

    /** Events that are not in the journal yet go there. */
    static void appendInbox(@Nullable Path inbox, DeliveryTable journal) throws SQLException {
        if (inbox == null || inbox.toFile().length() == 0) {
            return;
        }
        try (CopySide file = CopySide.inbox(inbox);
                PreparedStatement select = file.handle()
                        .getConnection()
                        .prepareStatement(
                                "SELECT id, event, received_at, body, attempts FROM delivery ORDER BY sequence");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                journal.insert(DeliveryTable.delivery(row));
            }
        }
    }

    /** Rows that are committed together. */
    private final class Batch implements AutoCloseable {
        private final CopyTable table;
        private final PreparedStatement insert;
        private int rows;
        private long bytes;

        Batch(CopyTable table) throws SQLException {
            this.table = table;
            this.insert = table.insert(target.handle().getConnection(), target.dialect());
        }

        void add(ResultSet row) throws SQLException {
            rows++;
            bytes += table.add(row, insert, target.dialect());
        }

        boolean isFull() {
            return rows >= MAX_BATCH || bytes >= MAX_BATCH_BYTES;
        }

        void write(List<Object> key) {
            try {
                target.handle().useTransaction(handle -> {
                    insert.executeBatch();
                    mark(MARK + "table/" + table.name(), JsonColumns.write(key));
                });
            } catch (SQLException | JdbiException e) {
                throw target.failed(e);
            }
            rows = 0;
            bytes = 0;
        }

        @Override
        public void close() throws SQLException {
            insert.close();
        }
    }
}
