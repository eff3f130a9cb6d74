// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both databases have the same tables, however their migrations are written. */
class SchemaTest {

    /** What a type is called here and there; PostgreSQL's integer is missing, as it is too small for an instant. */
    private static final Map<String, String> TYPES = Map.of(
            "integer", "number",
            "bigint", "number",
            "int8", "number",
            "bigserial", "number",
            "text", "text",
            "blob", "bytes",
            "bytea", "bytes");

    @TempDir
    private Path folder;

    private @Nullable String embedded;

    private @Nullable String server;

    @BeforeEach
    void migrate() {
        embedded = "jdbc:sqlite:" + EmbeddedStore.in(folder).file();
        PostgresStore.in(folder);
        server = PostgresServer.running().jdbcUrl(PostgresStore.nameOf(folder));
    }

    @Test
    void bothHaveTheSameColumns() throws SQLException {
        Map<String, String> columns = columns(embedded, Set.of("integer", "bigint", "text", "blob"));

        assertThat(columns).containsKeys("delivery.body", "run.document", "lease.expires_at");
        assertThat(columns(server, Set.of("int8", "bigserial", "text", "bytea")))
                .isEqualTo(columns);
    }

    @Test
    void bothHaveTheSameIndexes() throws SQLException {
        Set<String> indexes = indexes(embedded);

        assertThat(indexes).contains("delivery_held run where outcome = 'held'");
        assertThat(indexes(server)).isEqualTo(indexes);
    }

    private static Map<String, String> columns(String url, Set<String> allowed) throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(url)) {
            DatabaseMetaData tables = connection.getMetaData();
            ResultSet row = tables.getColumns(null, url.contains("sqlite") ? null : "public", "%", "%");
            while (row.next()) {
                String column = row.getString("TABLE_NAME") + "." + row.getString("COLUMN_NAME");
                if (isOurs(column)) {
                    String type = row.getString("TYPE_NAME").toLowerCase(Locale.ROOT);
                    assertThat(type).as("type of %s at %s", column, url).isIn(allowed);
                    boolean mayBeNull = row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls
                            && !isPrimary(tables, row.getString("TABLE_NAME"), row.getString("COLUMN_NAME"));
                    columns.put(column, TYPES.get(type) + (mayBeNull ? " or null" : ""));
                }
            }
        }
        return columns;
    }

    /** SQLite lets a text that is a primary key be null; nothing here ever is. */
    private static boolean isPrimary(DatabaseMetaData tables, String table, String column) throws SQLException {
        try (ResultSet row = tables.getPrimaryKeys(null, null, table)) {
            while (row.next()) {
                if (row.getString("COLUMN_NAME").equals(column)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Those with a name of their own; whoever made the others is the database. */
    private static Set<String> indexes(String url) throws SQLException {
        String all = url.contains("sqlite")
                ? "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                : "SELECT indexdef AS sql FROM pg_indexes WHERE schemaname = 'public'"
                        + " AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'";
        Set<String> indexes = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet row = connection.createStatement().executeQuery(all)) {
            while (row.next()) {
                String sql = row.getString("sql");
                if (isOurs(sql)) {
                    indexes.add(plain(sql));
                }
            }
        }
        return indexes;
    }

    private static String plain(String sql) {
        return sql.replaceFirst("CREATE( UNIQUE)? INDEX (\\w+) ", "$2$1 ")
                .replaceFirst(" ON (public\\.)?\\w+( USING btree)?", "")
                .replace("UNIQUE", "unique")
                .replace("WHERE", "where")
                .replace("::text", "")
                // PostgreSQL's way of writing IN.
                .replaceAll("= ANY \\(ARRAY\\[([^\\]]*)\\]\\)", "IN ($1)")
                .replaceAll("[(),]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static boolean isOurs(String name) {
        return !name.contains("flyway") && !name.contains("sqlite_");
    }
}
