// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Address and credentials of a PostgreSQL database. The text form never contains the password.
 *
 * @param jdbcUrl without credentials
 * @param user null for the driver's default
 * @param password null if there is none, or it is in a file
 * @param properties other properties of the driver
 */
public record DatabaseAddress(
        String jdbcUrl, @Nullable String user, @Nullable String password, Map<String, String> properties) {
    private static final String OPTION = "--database-url";
    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

    /** No unlimited wait for a broken network or a paused replica. Seconds; in {@code options} milliseconds. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "ApplicationName", "ci-notify",
            "tcpKeepAlive", "true",
            "connectTimeout", "5",
            "loginTimeout", "8",
            "socketTimeout", "30",
            "options", "-c lock_timeout=5000 -c idle_in_transaction_session_timeout=10000");

    /** One statement may read and write a whole table, while the connection with the lock of the migration is idle. */
    private static final Map<String, String> FOR_MIGRATION = Map.of(
            "reWriteBatchedInserts",
            "true",
            "socketTimeout",
            "3600",
            "options",
            "-c lock_timeout=60000 -c idle_in_transaction_session_timeout=0");

    public DatabaseAddress {
        properties = Map.copyOf(properties);
    }

    /**
     * Parses {@code [jdbc:]postgresql://user:password@host:port/database?name=value}. The parameters are those of the
     * PostgreSQL JDBC driver, such as {@code sslmode}.
     *
     * @param passwordFile read again for each connection; null if the password is in the address
     * @throws InvalidConfigException without the address, which may contain a password
     */
    public static DatabaseAddress parse(String address, @Nullable Path passwordFile) throws InvalidConfigException {
        return parse(OPTION, address, passwordFile);
    }

    /** @param option for errors */
    static DatabaseAddress parse(String option, String address, @Nullable Path passwordFile)
            throws InvalidConfigException {
        URI uri = uri(option, address.startsWith("jdbc:") ? address.substring("jdbc:".length()) : address);
        Map<String, String> properties = new HashMap<>(DEFAULTS);
        properties.putAll(query(uri));
        @Nullable String user = properties.remove("user");
        @Nullable String password = properties.remove("password");
        @Nullable String userInfo = uri.getRawUserInfo();
        if (userInfo != null) {
            String[] parts = userInfo.split(":", 2);
            user = decode(parts[0]);
            password = parts.length > 1 ? decode(parts[1]) : password;
        }
        if (password != null) {
            Secrets.add(password);
        }
        if (passwordFile != null) {
            check(option, passwordFile);
            password = null;
            properties.put("authenticationPluginClassName", PasswordFile.class.getName());
            properties.put(PasswordFile.PROPERTY, passwordFile.toString());
        }
        String jdbcUrl = "jdbc:postgresql://" + uri.getRawAuthority().replaceFirst("^.*@", "") + uri.getRawPath();
        return new DatabaseAddress(jdbcUrl, user, password, properties);
    }

    /** The same database with the timeouts of a migration; parameters of the address other than these stay. */
    DatabaseAddress forMigration() {
        Map<String, String> longer = new HashMap<>(properties);
        longer.putAll(FOR_MIGRATION);
        boolean hasOwnOptions = !Objects.equals(properties.get("options"), DEFAULTS.get("options"));
        if (hasOwnOptions) {
            longer.put("options", properties.getOrDefault("options", "") + " " + FOR_MIGRATION.get("options"));
        }
        return new DatabaseAddress(jdbcUrl, user, password, longer);
    }

    private static URI uri(String option, String address) throws InvalidConfigException {
        try {
            URI uri = new URI(address);
            if (SCHEMES.contains(String.valueOf(uri.getScheme()))
                    && uri.getRawAuthority() != null
                    && uri.getRawPath().length() > 1) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Its message contains the address.
        }
        throw new InvalidConfigException(ConfigProblem.ofFile(
                option,
                "is not the address of a PostgreSQL database",
                "use postgresql://user@host:5432/database, with special characters percent-encoded"));
    }

    private static void check(String option, Path passwordFile) throws InvalidConfigException {
        if (!Files.isReadable(passwordFile)) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    option.equals(OPTION) ? "--database-password-file" : option + "-password-file",
                    "cannot read " + passwordFile,
                    "mount the secret there, readable by this user"));
        }
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> pairs = new HashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                pairs.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
            }
        }
        return pairs;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return jdbcUrl + (user == null ? "" : " as " + user);
    }
}
