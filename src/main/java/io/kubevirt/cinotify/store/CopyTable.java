// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.store.SqlDialect.StorableText;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table as both databases have it.
 *
 * @param key of the rows, in order; empty for a table with one row
 */
record CopyTable(String name, List<Column> columns, List<Column> key) {
    /** Leases belong to processes, the history to the database. */
    private static final Set<String> NOT_COPIED = Set.of("lease", "flyway_schema_history");

    private static final int FETCH_SIZE = 50;

    enum Kind {
        NUMBER,
        TEXT,
        BYTES
    }

    /** @param number in the list of columns, from 1 */
    record Column(String name, Kind kind, int number) {}

    /** A table before those that refer to it: here that is the order of their names. */
    static List<CopyTable> of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        List<CopyTable> tables = new ArrayList<>();
        try (ResultSet row = database.getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (row.next()) {
                String name = row.getString("TABLE_NAME");
                if (!NOT_COPIED.contains(name) && !name.startsWith("sqlite_")) {
                    tables.add(of(name, database, connection.getSchema()));
                }
            }
        }
        tables.sort((one, other) -> one.name.compareTo(other.name));
        return tables;
    }

    private static CopyTable of(String name, DatabaseMetaData database, String schema) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet row = database.getColumns(null, schema, name, "%")) {
            while (row.next()) {
                columns.add(new Column(row.getString("COLUMN_NAME"), kind(row), columns.size() + 1));
            }
        }
        Map<Integer, Column> key = new TreeMap<>();
        try (ResultSet row = database.getPrimaryKeys(null, schema, name)) {
            while (row.next()) {
                String column = row.getString("COLUMN_NAME");
                key.put(
                        row.getInt("KEY_SEQ"),
                        columns.stream()
                                .filter(each -> each.name.equals(column))
                                .findFirst()
                                .orElseThrow());
            }
        }
        return new CopyTable(name, List.copyOf(columns), List.copyOf(key.values()));
    }

    private static Kind kind(ResultSet column) throws SQLException {
        return switch (column.getString("TYPE_NAME").toLowerCase(Locale.ROOT)) {
            case "text" -> Kind.TEXT;
            case "blob", "bytea" -> Kind.BYTES;
            default -> Kind.NUMBER;
        };
    }

    /** How far a copy has come is no content. */
    String from() {
        return " FROM " + name
                + (name.equals("watermark") ? " WHERE name NOT LIKE '" + StoreCopy.MARK + "%'" : " WHERE true");
    }

    /** The rows behind a key, in order; all if the key is empty. */
    PreparedStatement select(Connection connection, List<Object> after) throws SQLException {
        String names = names(key);
        String order = key.isEmpty() ? "" : " ORDER BY " + names;
        String behind = after.isEmpty() ? "" : " AND (" + names + ") > (" + marks(key) + ")";
        PreparedStatement rows = connection.prepareStatement("SELECT " + names(columns) + from() + behind + order);
        rows.setFetchSize(FETCH_SIZE);
        for (int index = 0; index < after.size(); index++) {
            rows.setObject(index + 1, after.get(index));
        }
        return rows;
    }

    /** PostgreSQL gives numbers by itself unless it is overridden. */
    PreparedStatement insert(Connection connection, SqlDialect dialect) throws SQLException {
        return connection.prepareStatement("INSERT INTO " + name + " (" + names(columns) + ")"
                + (dialect == SqlDialect.POSTGRESQL ? " OVERRIDING SYSTEM VALUE" : "") + " VALUES (" + marks(columns)
                + ")");
    }

    /** Adds a row to a batch; returns about how many bytes it has. */
    long add(ResultSet row, PreparedStatement insert, SqlDialect dialect) throws SQLException {
        long bytes = 0;
        for (Column column : columns) {
            int number = column.number;
            switch (column.kind) {
                case NUMBER -> {
                    long value = row.getLong(number);
                    insert.setObject(number, row.wasNull() ? null : value, Types.BIGINT);
                }
                case TEXT -> {
                    String value = row.getString(number);
                    boolean changes = value != null && dialect == SqlDialect.POSTGRESQL;
                    insert.setString(number, changes ? StorableText.of(value) : value);
                    bytes += value == null ? 0 : value.length();
                }
                case BYTES -> {
                    byte[] value = row.getBytes(number);
                    insert.setBytes(number, value);
                    bytes += value == null ? 0 : value.length;
                }
            }
        }
        insert.addBatch();
        return bytes;
    }

    List<Object> key(ResultSet row) throws SQLException {
        List<Object> values = new ArrayList<>();
        for (Column column : key) {
            values.add(column.kind == Kind.NUMBER ? (Object) row.getLong(column.number) : row.getString(column.number));
        }
        return values;
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String marks(List<Column> columns) {
        return columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    }
}
