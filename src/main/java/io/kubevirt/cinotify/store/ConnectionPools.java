// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

final class ConnectionPools {
    private static final int READERS = 4;

    /** A replica needs few; a server has a hundred for all clients by default. */
    private static final int POSTGRESQL_CONNECTIONS = 8;

    private static final Duration ACQUISITION_TIMEOUT = Duration.ofSeconds(10);

    /** Idle connections are validated after this time: servers restart and fail over. */
    private static final Duration IDLE_VALIDATION = Duration.ofSeconds(5);

    private ConnectionPools() {}

    /** One connection, durable at each commit. IMMEDIATE takes the write lock at the beginning, so a later write never fails with SQLITE_BUSY. */
    static AgroalDataSource embeddedWriter(Path file, Duration timeout) {
        return embedded(1, embeddedUrl(file, timeout), timeout);
    }

    /** Readers see the last commit and wait for no writer. */
    static AgroalDataSource embeddedReaders(Path file, Duration timeout) {
        String url = embeddedUrl(file, timeout).replace("transaction_mode=IMMEDIATE", "transaction_mode=DEFERRED");
        return embedded(READERS, url, timeout);
    }

    static String embeddedUrl(Path file, Duration timeout) {
        return "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&busy_timeout=" + timeout.toMillis()
                + "&foreign_keys=on&transaction_mode=IMMEDIATE";
    }

    /** {@link #embeddedWriter} without a pool: each use has a connection of its own. */
    static SQLiteDataSource unpooledWriter(String url, Duration timeout) {
        SQLiteDataSource database = unpooledReader(url, timeout);
        database.setTransactionMode(TransactionMode.IMMEDIATE.name());
        return database;
    }

    /** The driver's data source overrides mode and timeout of a URL with its own, which are DEFERRED and three seconds. */
    static SQLiteDataSource unpooledReader(String url, Duration timeout) {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl(url);
        database.setBusyTimeout(Math.toIntExact(timeout.toMillis()));
        return database;
    }

    static AgroalDataSource postgresql(DatabaseAddress address) {
        AgroalConnectionFactoryConfigurationSupplier connections = new AgroalConnectionFactoryConfigurationSupplier()
                .connectionProviderClass(org.postgresql.Driver.class)
                .jdbcUrl(address.jdbcUrl());
        address.properties().forEach(connections::jdbcProperty);
        if (address.user() != null) {
            connections.principal(new NamePrincipal(address.user()));
        }
        if (address.password() != null) {
            connections.credential(new SimplePassword(address.password()));
        }
        return open(new AgroalConnectionPoolConfigurationSupplier()
                .maxSize(POSTGRESQL_CONNECTIONS)
                .acquisitionTimeout(ACQUISITION_TIMEOUT)
                .idleValidationTimeout(IDLE_VALIDATION)
                .connectionValidator(ConnectionValidator.defaultValidator())
                .exceptionSorter(new PostgreSQLExceptionSorter())
                .connectionFactoryConfiguration(connections));
    }

    private static AgroalDataSource embedded(int connections, String url, Duration timeout) {
        return open(new AgroalConnectionPoolConfigurationSupplier()
                .maxSize(connections)
                .acquisitionTimeout(timeout.multipliedBy(2))
                .connectionFactoryConfiguration(new AgroalConnectionFactoryConfigurationSupplier()
                        .connectionProviderClass(JDBC.class)
                        .jdbcUrl(url)));
    }

    private static AgroalDataSource open(AgroalConnectionPoolConfigurationSupplier pool) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .metricsEnabled(false)
                    .connectionPoolConfiguration(pool));
        } catch (SQLException e) {
            throw new StoreUnavailable("cannot open the store (" + e.getMessage() + ")", e);
        }
    }
}
