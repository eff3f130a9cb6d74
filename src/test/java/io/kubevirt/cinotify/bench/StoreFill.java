// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.diagnosis.FailureRecord;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Fills a store with the month of runs before {@code now}, and with incidents, of real size. */
record StoreFill(String url, int runs, int incidents, Instant now) {
    /** Ten digits, as ids have. */
    private static final int FIRST_INCIDENT = 1_000_000_000;

    private static final String ID = "'' || (" + FIRST_INCIDENT + " + i)";
    private static final String OPEN = "i % 3000 = 0";

    static final long DAY = Duration.ofDays(1).toMillis();
    /** Messages behind an outage of a service. */
    static final int WAITING = 5_000;

    static final int LANES = 350;

    /** In a list of columns: {@code i} is the number of the row, {@code ?} the body of a delivery. */
    private static final String LANE = "'kubevirt/kubevirt job-' || (i % " + LANES + ")";

    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

    /** The id of an incident. */
    static String incident(int number) {
        return Integer.toString(FIRST_INCIDENT + number);
    }

    /** What the version before day counts, timelines and tests stored: schema 16. */
    void before() throws SQLException, JsonProcessingException {
        createSchema();
        String ended = spread(runs);
        JobRun run = JobRun.builder("pull-kubevirt-e2e-k8s-1.36-sig-network", JobType.PRESUBMIT, JobState.FAILURE)
                .repository(Repository.of("kubevirt/kubevirt"))
                .pulls(List.of(new Pull(17_000, "somebody", "COMMIT")))
                .description("Job failed.")
                .build("2036809261173968898", Examples.failedRun().url())
                .build();
        IncidentView open = Examples.incident("ROW", now);
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            insert(
                    connection,
                    runs,
                    "run (lane, build_id, prow_job, job, type, cluster, state, started_at, pending_at, ended_at, seen_at,"
                            + " document) SELECT " + LANE + ", '' || i, 'p' || i, 'job-' || (i % " + LANES + "),"
                            + " CASE WHEN i % 7 = 0 THEN 'periodic' ELSE 'presubmit' END, 'c' || (i % 3),"
                            + " CASE WHEN i % 4 = 0 THEN 'failure' ELSE 'success' END, " + ended + ", " + ended + ", "
                            + ended + ", " + ended + ", replace('" + json(run) + "', 'COMMIT', 'c' || (i / 20))");
            insert(
                    connection,
                    deliveries(),
                    "delivery (id, event, received_at, body, outcome, reason, decided_at, trace) SELECT 'd' || i, 'status',"
                            + " " + spread(deliveries()) + ", ?, 'suppressed', 'reason-' || (i % 30), "
                            + spread(deliveries()) + ", '[\"a sentence of the trace\"]'");
            insert(
                    connection,
                    incidents,
                    "incident (id, kind, title, state, area, sig, opened_at, closed_at, document) SELECT " + ID
                            + ", 'lane', 'lane', CASE WHEN " + OPEN
                            + " THEN 'open' ELSE 'resolved' END, 'area', 'sig', "
                            + spread(incidents) + ", CASE WHEN " + OPEN + " THEN NULL ELSE " + spread(incidents)
                            + " END, CASE WHEN " + OPEN + " THEN replace('" + json(open) + "', 'ROW', " + ID
                            + ") ELSE replace(replace('" + json(Examples.resolved(open, now)) + "', 'ROW', " + ID
                            + "), '\"closedAt\":" + json(now) + "', '\"closedAt\":' || ((" + spread(incidents)
                            + ") / 1000)) END");
            insert(
                    connection,
                    incidents * 2,
                    "message (id, thread, kind, state, decided_at, due_at, admitted_at, document) SELECT 'm' || i,"
                            + " '' || (" + FIRST_INCIDENT + " + i / 2), 'opened', 'admitted', i, i, i, '"
                            + json(Examples.message(NotificationKind.OPENED, Examples.incident("id", now), now)) + "'");
            insert(
                    connection,
                    incidents * 2,
                    "outbox (message_id, thread, kind, channel, destination, form, state, due_at, first_due_at, settled_at)"
                            + " SELECT 'm' || i, '' || (" + FIRST_INCIDENT
                            + " + i / 2), 'opened', 'slack', 'ci-alerts', 'send', 'sent', i, i, i");
            insert(
                    connection,
                    runs / 20,
                    "evidence (run, ended_at, document, signature, failure) SELECT 'presubmit ' || " + LANE
                            + " || ' ' || i, " + spread(runs / 20) + ", '" + json(run)
                            + "', 'signature ' || (i % 500), '"
                            + json(FailureRecord.of("id", run, "cluster", Examples.diagnosis(), now)) + "'");
            connection.commit();
        }
    }

    private void createSchema() {
        Map<String, String> placeholders = url.startsWith("jdbc:sqlite:")
                ? Map.of(
                        "bytes",
                        "BLOB",
                        "sequence",
                        "INTEGER PRIMARY KEY AUTOINCREMENT",
                        "postgresql",
                        "--",
                        "sqlite",
                        "")
                : Map.of(
                        "bytes",
                        "BYTEA",
                        "sequence",
                        "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                        "postgresql",
                        "",
                        "sqlite",
                        "--");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("db/both")
                .placeholders(placeholders)
                .target("16")
                .load()
                .migrate();
    }

    /** What this version adds. */
    void after() throws SQLException {
        int outcomes = runs / 4;
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            insert(
                    connection,
                    outcomes,
                    "run_outcome (lane, build_id, ended_at, decided_at, outcome, reason, incident, delivery, cause, sig,"
                            + " area, rule, trace) SELECT " + LANE + ", '' || i, " + spread(outcomes)
                            + ", 1, 'suppressed', CASE WHEN i % 3 = 0 THEN 'below-threshold' ELSE 'flake' END,"
                            + " '' || (" + FIRST_INCIDENT
                            + " + i / 9), 'd' || i, 'test', 'network', 'sig-support', 'named-sig',"
                            + " '[\"red on 2 pull requests within 24 h, 3 are needed\"]'");
            insert(
                    connection,
                    incidents * 5,
                    "incident_event (incident, number, at, kind, text) SELECT '' || (" + FIRST_INCIDENT
                            + " + i / 5), 10 + i % 5, i, 'notified',"
                            + " 'red on 4 pull requests within 24 h and 62 % of 13 runs'");
            insert(
                    connection,
                    30 * 400,
                    "outcome_day (day, outcome, reason, deliveries) SELECT " + (now.toEpochMilli() / DAY + 1)
                            + " - i / 30, 'suppressed', 'why-' || (i % 30), 9");
            insert(
                    connection,
                    LANES * 370,
                    "lane_day (day, lane, finished, failed, flaky) SELECT " + (now.toEpochMilli() / DAY - 31)
                            + " - i / " + LANES + ", " + LANE + ", 9, 3, 1");
            insert(
                    connection,
                    5_000,
                    "test (name, sig, quarantined, first_seen, last_seen) SELECT '[rfe_id:273][crit:high][sig-compute]"
                            + " VirtualMachineInstance should be able to migrate ' || i, 'compute', 0, 1, "
                            + now.toEpochMilli());
            insert(connection, LANES, "test_lane (lane, visibility) SELECT " + LANE + ", 'public'");
            insert(
                    connection,
                    outcomes,
                    "test_run (lane, build_id, pull, ended_at, failures, visibility) SELECT " + LANE
                            + ", '' || i, 1 + i % 2000, " + spread(outcomes) + ", 4, 'public'");
            // The worst test has 1.4 % of all failures, and no run fails a test twice.
            insert(
                    connection,
                    runs,
                    "test_failure (test, ended_at, run, lane_id, pull, flaky) SELECT 1 + ((i * 7919) % 5000)"
                            + " * ((i * 7919) % 5000) / 5000, "
                            + spread(outcomes).replace("i *", "i / 4 *")
                            + ", 1 + i / 4, 1 + (i / 4) % " + LANES + ", 1 + (i / 4) % 2000,"
                            + " CASE WHEN i % 3 = 0 THEN 1 ELSE 0 END");
            connection
                    .createStatement()
                    .execute("INSERT INTO test_day (test, day, failed, flaky) SELECT test, ended_at / " + DAY
                            + ", count(*), sum(flaky) FROM test_failure GROUP BY test, ended_at / " + DAY);
            connection
                    .createStatement()
                    .execute("UPDATE outbox SET state = 'waiting', settled_at = NULL WHERE sequence <= " + WAITING);
            for (String table : List.of("run", "incident")) {
                connection.createStatement().execute("UPDATE " + table + " SET visibility = 'public'");
            }
            connection.commit();
            connection.setAutoCommit(true);
            // As autovacuum does after so many rows: without it no count reads an index only.
            connection.createStatement().execute(url.startsWith("jdbc:sqlite:") ? "ANALYZE" : "VACUUM ANALYZE");
        }
    }

    int deliveries() {
        return runs / 10;
    }

    /** Over the last 30 days. */
    private String spread(int rows) {
        return now.toEpochMilli() - 30 * DAY + " + i * " + 30 * DAY / Math.max(1, rows);
    }

    private static String json(Object document) throws JsonProcessingException {
        return JSON.writeValueAsString(document).replace("'", "''");
    }

    private static void insert(Connection connection, int rows, String what) throws SQLException {
        String[] parts = what.split(" SELECT ", 2);
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + parts[0]
                + " WITH RECURSIVE n (i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < "
                + (rows - 1) + ") SELECT " + parts[1] + " FROM n")) {
            if (statement.getParameterMetaData().getParameterCount() > 0) {
                statement.setBytes(1, StatusPayload.failure().bytes());
            }
            statement.executeUpdate();
        }
    }
}
