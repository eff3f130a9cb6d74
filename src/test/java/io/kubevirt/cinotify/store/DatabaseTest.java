// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.fixture.PostgresStore;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening either database, and what happens when a server goes away. */
class DatabaseTest {

    @TempDir
    private Path folder;

    @Test
    void theEmbeddedOneIsMadeAndOpenedAgain() {
        try (Database database = Database.embedded(folder.resolve("new"), Duration.ofMinutes(1))) {
            assertThat(insert(database.store(), "a")).isTrue();
        }
        try (Database database = Database.embedded(folder.resolve("new"), Duration.ofMinutes(1))) {
            assertThat(insert(database.store(), "a")).isFalse();
            List<String> waiting = database.store()
                    .read(transaction -> transaction.deliveries().inProgress(5));
            assertThat(waiting).containsExactly("a");
        }
    }

    @Test
    void replicasThatStartAtTheSameTimeMakeTheTablesOnce() throws Exception {
        PostgresServer server = PostgresServer.running();
        String name = PostgresStore.nameOf(folder);
        server.makeEmpty(name);
        DatabaseAddress address = DatabaseAddress.parse(server.url(name), null);
        List<Future<Boolean>> opened = new ArrayList<>();
        try (ExecutorService replicas = Executors.newFixedThreadPool(3)) {
            for (String id : List.of("a", "b", "c")) {
                opened.add(replicas.submit(() -> {
                    try (Database database = Database.postgresql(address)) {
                        return insert(database.store(), id);
                    }
                }));
            }
        }
        for (Future<Boolean> replica : opened) {
            assertThat(replica.get()).isTrue();
        }
    }

    /** A statement of a migration may take minutes; elsewhere it would be a broken network. */
    @Test
    void aMigrationMayTakeLongerThanAStatement() throws Exception {
        DatabaseAddress impatient =
                DatabaseAddress.parse(PostgresServer.running().url(made()) + "?socketTimeout=1", null);
        try (Connection other =
                        DriverManager.getConnection(PostgresServer.running().jdbcUrl(made()));
                ExecutorService starting = Executors.newSingleThreadExecutor()) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE flyway_schema_history IN ACCESS EXCLUSIVE MODE");
            Future<Boolean> opened = starting.submit(() -> {
                Database.postgresql(impatient).close();
                return true;
            });
            other.createStatement().execute("SELECT pg_sleep(2)");
            other.rollback();

            assertThat(opened.get()).isTrue();
        }
    }

    @Test
    void aServerThatEndedAllConnectionsIsUsedAgainAsSoonAsItIsBack() throws InvalidConfigException {
        try (Database database = open(PostgresServer.running().url(made()))) {
            insert(database.store(), "a");
            PostgresServer.running().disconnectAll(made());

            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsMatching(StoreUnavailable.class::isInstance)
                    .until(() -> !insert(database.store(), "a"));
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsUnavailable() throws InvalidConfigException {
        DatabaseAddress nobody = DatabaseAddress.parse("postgresql://somebody:hidden@127.0.0.1:1/ci", null);

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> Database.postgresql(nobody))
                .withMessageContaining("check the PostgreSQL server")
                .withMessageNotContaining("hidden");
    }

    @Test
    void aRotatedPasswordIsTakenUpByTheNextConnection() throws Exception {
        PostgresServer server = PostgresServer.running();
        String role = made();
        server.execute("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD 'first'");
        Path file = Files.writeString(folder.resolve("password"), "first\n");
        DatabaseAddress address = DatabaseAddress.parse(server.url(role).replace("postgres@", role + "@"), file);
        try (Database database = Database.postgresql(address)) {
            assertThat(insert(database.store(), "a")).isTrue();
            server.execute("ALTER ROLE " + role + " PASSWORD 'second'");
            Files.writeString(file, "second\n");
            server.disconnectAll(role);

            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsMatching(StoreUnavailable.class::isInstance)
                    .until(() -> !insert(database.store(), "a"));
        }
    }

    @Test
    void textsThatPostgresqlRefusesAreKeptAndFound() {
        PostgresStore database = PostgresStore.in(folder);
        String id = "a\0b\ud83dc\ud83d\ude00";

        assertThat(insert(database.store(), id)).isTrue();
        assertThat(insert(database.store(), id)).isFalse();
        assertThat(database.store()
                        .read(transaction -> transaction.deliveries().get(id))
                        .id())
                .isEqualTo("a\ufffdb?c\ud83d\ude00");
    }

    @Test
    void aWrongStatementIsNotTheServersFault() {
        Store store = PostgresStore.in(folder).store();

        assertThatCode(() -> store.inTransaction(transaction -> {
                    transaction.deliveries().suppressed("absent", "tide", List.of(), NOON);
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatCode(() -> store.read(transaction -> transaction.deliveries().waiting(-1)))
                .isNotInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("LIMIT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:pw@db.example.org:5433/ci?sslmode=require",
                "postgres://db.example.org:5433/ci?user=me&password=pw&sslmode=require",
                "jdbc:postgresql://db.example.org:5433/ci?user=me&password=pw&sslmode=require"
            })
    void anAddressIsReadInAnyOfItsForms(String text) throws InvalidConfigException {
        DatabaseAddress address = DatabaseAddress.parse(text, null);

        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.org:5433/ci");
        assertThat(address.user()).isEqualTo("me");
        assertThat(address.password()).isEqualTo("pw");
        assertThat(address.properties()).containsEntry("sslmode", "require").doesNotContainKey("password");
        assertThat(address.toString()).isEqualTo("jdbc:postgresql://db.example.org:5433/ci as me");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://me:hidden@host/ci",
                "postgresql://me:hidden@host",
                "hidden",
                "postgresql://a b:hidden@h/x"
            })
    void whatIsNoAddressIsNotRepeated(String text) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> DatabaseAddress.parse(text, null))
                .withMessageContaining("--database-url: is not the address of a PostgreSQL database")
                .withMessageNotContaining("hidden");
    }

    @Test
    void aPasswordFileThatIsNotThereIsNamed() {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> DatabaseAddress.parse("postgresql://me@host/ci", folder.resolve("absent")))
                .withMessageContaining("--database-password-file");
    }

    private String made() {
        String database = PostgresStore.nameOf(folder);
        PostgresServer.running().make(database);
        return database;
    }

    private static Database open(String url) throws InvalidConfigException {
        return Database.postgresql(DatabaseAddress.parse(url, null));
    }

    private static boolean insert(Store store, String id) {
        return store.inTransaction(
                transaction -> transaction.deliveries().insert(new JournalEntry(id, "status", NOON, new byte[0], 0)));
    }
}
