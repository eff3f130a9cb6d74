// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.http.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Reads the password for each connection, so that rotation works. The driver creates it by class name. */
public final class PasswordFile implements AuthenticationPlugin {
    /** The driver's property that names the file. */
    static final String PROPERTY = "ciNotifyPasswordFile";

    private final Path file;

    /** @param connection properties of the driver */
    public PasswordFile(Properties connection) {
        this.file = Path.of(Objects.requireNonNull(connection.getProperty(PROPERTY), PROPERTY));
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
        try {
            return Secrets.add(Files.readString(file).strip()).toCharArray();
        } catch (IOException e) {
            throw new PSQLException("cannot read the password file " + file, PSQLState.INVALID_PASSWORD, e);
        }
    }
}
