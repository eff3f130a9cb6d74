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

/** The connections of each database. */
final class ConnectionPools {

    private static final int READERS = 4;

    /** A replica works in a few threads, and a server has a hundred connections for everybody. */
    private static final int POSTGRESQL_CONNECTIONS = 8;

    private static final Duration ACQUISITION_TIMEOUT = Duration.ofSeconds(10);

    /** A connection that was idle for longer is asked whether it still lives: servers restart and fail over. */
    private static final Duration IDLE_VALIDATION = Duration.ofSeconds(5);

    private ConnectionPools() {}

    /** One connection, durable at every commit; it takes the right to write at its beginning, so that it never fails later. */
    static AgroalDataSource embeddedWriter(Path file, Duration patience) {
        return embedded(1, embeddedUrl(file, patience), patience);
    }

    /** They see the last commit and wait for no writer. */
    static AgroalDataSource embeddedReaders(Path file, Duration patience) {
        String url = embeddedUrl(file, patience).replace("transaction_mode=IMMEDIATE", "transaction_mode=DEFERRED");
        return embedded(READERS, url, patience);
    }

    static String embeddedUrl(Path file, Duration patience) {
        return "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&busy_timeout=" + patience.toMillis()
                + "&foreign_keys=on&transaction_mode=IMMEDIATE";
    }

    /** The address of the server comes with all that a driver must know. */
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

    private static AgroalDataSource embedded(int connections, String url, Duration patience) {
        return open(new AgroalConnectionPoolConfigurationSupplier()
                .maxSize(connections)
                // Whoever waits for the connection waits for the database.
                .acquisitionTimeout(patience.multipliedBy(2))
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
            throw new StoreUnavailable("the store cannot be opened (" + e.getMessage() + ")", e);
        }
    }
}
