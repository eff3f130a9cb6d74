// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store of a newer version: every command that opens it refuses it in one line. */
class NewerStoreTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"serve", "outbox list", "outbox retry --all", "export", "suggestions", "digest --for=taskforce"})
    void everyCommandRefusesAnEmbeddedStore(String command) throws Exception {
        EmbeddedStore.in(folder);
        writeNewerSchema("jdbc:sqlite:" + folder.resolve("ci-notify.db"), "1");

        assertRefused(command, "--data-dir", folder.toString());
    }

    @Test
    void everyCommandRefusesAServersStore() throws Exception {
        String name = PostgresStore.nameOf(folder);
        PostgresServer server = PostgresServer.running();
        server.make(name);
        writeNewerSchema(server.jdbcUrl(name), "true");

        assertRefused("serve", "--database-url", server.url(name));
        assertRefused("outbox list", "--database-url", server.url(name));
        assertRefused("outbox retry --all", "--database-url", server.url(name));
    }

    private void assertRefused(String command, String... store) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of(store));
        if (command.equals("serve")) {
            Path secret = Files.writeString(folder.resolve("hmac"), "0123456789abcdef0123456789abcdef01234567");
            arguments.addAll(List.of("--port=0", "--health-port=0", "--hmac-secret-file=" + secret));
        }
        Terminal.Result result = Terminal.run(arguments.toArray(String[]::new));

        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("the store has schema 99, but this version of ci-notify knows only up to ")
                .endsWith("there is no downgrade");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().toLowerCase(Locale.ROOT)).doesNotContain("schema");
    }

    private static void writeNewerSchema(String url, String success) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success)"
                    + " VALUES (99, '99', 'of a later version', 'SQL', 'V99__x.sql', 1, 'somebody', 1, " + success
                    + ")");
        }
    }
}
