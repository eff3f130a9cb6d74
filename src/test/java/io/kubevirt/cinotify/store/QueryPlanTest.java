// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.sqlite.SQLiteDataSource;

/** Every query of the store uses an index of the tables that grow. */
class QueryPlanTest {

    private static final int ROWS = 5_000;

    private static final Set<String> LARGE = Set.of(
            "run",
            "run_outcome",
            "delivery",
            "incident",
            "incident_event",
            "message",
            "outbox",
            "lane_day",
            "test",
            "test_run",
            "test_failure",
            "test_day",
            "evidence");

    /** What begins a query that may read all rows, with the reason. */
    private static final Map<String, String> ALLOWED = Map.of(
            "UPDATE outbox SET state = 'unknown', uncertain_since = coalesce(uncertain_since, $1) WHERE (form IN",
                    "once in a new backup",
            "SELECT id, event, received_at, body, attempts FROM delivery WHERE event IN",
                    "of the inbox, which has undecided events only",
            "SELECT CASE WHEN d.outcome = 'suppressed'", "accounts for every delivery, on a covering index",
            "SELECT count(*) FROM delivery", "accounts for every delivery, on a covering index",
            "SELECT outcome, count(*) AS deliveries", "counts every delivery, on a covering index",
            "SELECT channel, state, count(*)", "counts every message, on a covering index",
            "SELECT t.thread FROM (SELECT thread, max(decided_at)", "once an hour, of 90 days of messages",
            "SELECT id FROM message WHERE kind = 'text'", "once an hour, of 90 days of messages",
            "SELECT document FROM message WHERE sequence IN (SELECT max(sequence)",
                    "once an hour, of 90 days of messages");

    private static final Pattern NAMED = Pattern.compile("(?:FROM|JOIN|UPDATE|INTO) (\\w+)(?: AS)?(?: (\\w+))?");
    private static final Pattern SQLITE_SCAN = Pattern.compile("SCAN (\\w+)(?: USING (?:COVERING )?INDEX (\\w+))?");
    private static final Pattern POSTGRESQL_SCAN = Pattern.compile("Seq Scan on (\\w+)");

    @TempDir
    private Path folder;

    @Test
    void noQueryScansALargeTableOfSqlite() throws Exception {
        SQLiteDataSource database = new SQLiteDataSource();
        EmbeddedStore embedded = EmbeddedStore.in(folder);
        database.setUrl("jdbc:sqlite:" + embedded.file());
        fill(database, "BLOB");
        QueryRecorder recorder = new QueryRecorder(database);
        Set<String> queries =
                recorder.queriesOf(new Store(recorder.dataSource(), DatabaseFileGuard.at(embedded.file())));
        queries.removeIf(query -> query.contains(LeaseTable.NOW));

        assertThat(queries).hasSizeGreaterThan(100);
        assertThat(scans(database, queries, "EXPLAIN QUERY PLAN ", QueryPlanTest::sqliteScan))
                .isEmpty();
        assertThat(plansOfTheNextMessage(database, queries, "EXPLAIN QUERY PLAN "))
                .hasSize(2)
                .allSatisfy(plan ->
                        assertThat(plan).contains("SEARCH s USING INDEX outbox_next (channel=? AND destination=?)"));
    }

    @Test
    void noQueryScansALargeTableOfPostgresql() throws Exception {
        PostgresStore.in(folder);
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(PostgresServer.running().jdbcUrl(PostgresStore.nameOf(folder)));
        // Otherwise the driver wants values for the parameters.
        database.setPreferQueryMode(PreferQueryMode.SIMPLE);
        // The rows are few, so a scan is seen where it cannot be avoided.
        database.setOptions("-c enable_seqscan=off");
        fill(database, "BYTEA");
        QueryRecorder recorder = new QueryRecorder(database);
        Set<String> queries = recorder.queriesOf(new Store(recorder.dataSource()));

        assertThat(queries).hasSizeGreaterThan(100);
        assertThat(scans(database, queries, "EXPLAIN (GENERIC_PLAN) ", QueryPlanTest::postgresqlScan))
                .isEmpty();
        assertThat(plansOfTheNextMessage(database, queries, "EXPLAIN (GENERIC_PLAN) "))
                .hasSize(2)
                .allSatisfy(plan -> assertThat(plan).contains("Index Scan using outbox_next on outbox s"));
    }

    /** Each message is found by two queries: thousands that wait behind it, as in an outage of Slack, must not cost them. */
    private static List<String> plansOfTheNextMessage(DataSource database, Set<String> queries, String explain)
            throws SQLException {
        List<String> plans = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            for (String sql : queries) {
                if (sql.contains("+s.due_at") && sql.contains("min(sequence)")) {
                    plans.add(String.join("\n", plan(connection, explain + sql)));
                }
            }
        }
        return plans;
    }

    private interface Scan {
        /** The large table that a line of a plan scans; empty for another line. */
        String of(String line, String sql);
    }

    private static Map<String, List<String>> scans(DataSource database, Set<String> queries, String explain, Scan scan)
            throws SQLException {
        Map<String, List<String>> scans = new TreeMap<>();
        try (Connection connection = database.getConnection()) {
            for (String sql : queries) {
                if (ALLOWED.keySet().stream()
                        .noneMatch(sql.replaceAll("\\s+", " ").strip()::startsWith)) {
                    // A planner that does not know the limit expects a tenth of the table.
                    List<String> plan = plan(connection, explain + sql.replaceAll("LIMIT \\$\\d+", "LIMIT 100"));
                    if (plan.stream().anyMatch(line -> !scan.of(line, sql).isEmpty())) {
                        scans.put(sql, plan);
                    }
                }
            }
        }
        return scans;
    }

    private static List<String> plan(Connection connection, String sql) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                plan.add(row.getString(row.getMetaData().getColumnCount()));
            }
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
        return plan;
    }

    /** A partial index has only the few rows that are wanted, and the inbox is read from its beginning to the limit. */
    private static String sqliteScan(String line, String sql) {
        Matcher scan = SQLITE_SCAN.matcher(line);
        if (!scan.find()
                || sql.matches("(?s).*FROM delivery ORDER BY sequence LIMIT.*")
                || PARTIAL.contains(String.valueOf(scan.group(2)))) {
            return "";
        }
        String table = tables(sql).getOrDefault(scan.group(1), scan.group(1));
        return LARGE.contains(table) ? table : "";
    }

    private static String postgresqlScan(String line, String sql) {
        Matcher scan = POSTGRESQL_SCAN.matcher(line);
        return scan.find() && LARGE.contains(scan.group(1)) ? scan.group(1) : "";
    }

    private static final Set<String> PARTIAL = Set.of(
            "incident_open",
            "delivery_in_progress",
            "delivery_held",
            "message_pending",
            "message_batched",
            "outbox_unsettled",
            "outbox_next",
            "outbox_dead",
            "run_unfinished",
            "outbox_root_verify");

    /** The table of each name in a query. */
    private static Map<String, String> tables(String sql) {
        Map<String, String> tables = new TreeMap<>();
        Matcher named = NAMED.matcher(sql);
        while (named.find()) {
            tables.put(named.group(1), named.group(1));
            if (named.group(2) != null) {
                tables.put(named.group(2), named.group(1));
            }
        }
        return tables;
    }

    /** Enough rows that a scan costs more than an index, for a planner that knows the number. */
    private static void fill(DataSource database, String bytes) throws SQLException {
        String numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS + ") ";
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String insert : List.of(
                    "run (lane, build_id, prow_job, job, type, cluster, state, started_at, pending_at, ended_at, seen_at,"
                            + " commit_sha, document)",
                    "run_outcome (lane, build_id, ended_at, decided_at, outcome, reason, incident, message_id, delivery,"
                            + " cause, sig, area, rule, trace)",
                    "delivery (id, event, received_at, body, outcome, reason, message_id, run, decided_at, day)",
                    "incident (id, kind, title, state, area, sig, opened_at, closed_at, document)",
                    "incident_event (incident, number, at, kind, text)",
                    "message (id, thread, kind, state, decided_at, due_at, admitted_at, document)",
                    "outbox (message_id, thread, kind, channel, destination, form, state, due_at, first_due_at, settled_at)",
                    "lane_day (day, lane, finished, failed, flaky)",
                    "test (name, sig, quarantined, first_seen, last_seen)",
                    "test_run (lane, build_id, pull, ended_at, failures, visibility)",
                    "test_failure (test, ended_at, run, lane_id, pull, flaky)",
                    "test_day (test, day, failed, flaky)",
                    "evidence (run, ended_at, document, signature, failure)")) {
                statement.execute(numbers.replace("WITH", "INSERT INTO " + insert + " WITH") + values(insert, bytes));
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("ANALYZE");
        }
    }

    private static String values(String insert, String bytes) {
        String number = "i * 1000";
        Map<String, String> values = new TreeMap<>(Map.of(
                "lane",
                "'lane ' || (i % 500)",
                "job",
                "'job ' || (i % 400)",
                "type",
                "CASE WHEN i % 5 = 0 THEN 'periodic' ELSE 'presubmit' END",
                "cluster",
                "'cluster ' || (i % 3)",
                "outcome",
                "CASE WHEN i % 50 = 0 THEN 'notified' ELSE 'suppressed' END",
                "channel",
                "'slack'",
                "destination",
                "'d' || (i % 20)",
                "incident",
                "'id' || (i / 4)",
                "thread",
                "'id' || (i / 4)",
                "document",
                "'{}'"));
        values.put(
                "state",
                insert.startsWith("run ")
                        ? "CASE WHEN i % 3 = 0 THEN 'failure' ELSE 'success' END"
                        : insert.startsWith("incident")
                                ? "CASE WHEN i % 500 = 0 THEN 'open' ELSE 'resolved' END"
                                : insert.startsWith("message") ? "'admitted'" : "'sent'");
        values.put("body", "CAST('' AS " + bytes + ")");
        values.put("day", "i / 500");
        values.put("reason", "'reason ' || (i % 20)");
        values.put("form", "'send'");
        Set<String> numeric = new TreeSet<>(Set.of(
                "started_at",
                "pending_at",
                "ended_at",
                "seen_at",
                "decided_at",
                "received_at",
                "opened_at",
                "closed_at",
                "number",
                "at",
                "due_at",
                "admitted_at",
                "first_due_at",
                "settled_at",
                "quarantined",
                "first_seen",
                "last_seen",
                "pull",
                "failures",
                "test",
                "run",
                "lane_id",
                "finished",
                "failed",
                "flaky"));
        List<String> columns = new ArrayList<>();
        for (String column :
                insert.substring(insert.indexOf('(') + 1, insert.length() - 1).split(",")) {
            String name = column.strip();
            columns.add(values.getOrDefault(name, numeric.contains(name) ? number : "'id' || i"));
        }
        return "SELECT " + String.join(", ", columns) + " FROM n";
    }
}
