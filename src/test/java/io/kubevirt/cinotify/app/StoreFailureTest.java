// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.Dispatch;
import io.kubevirt.cinotify.fixture.RawHttp;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without a store, webhooks get 503 and the pod is not ready until the store is back. */
@QuarkusTest
@TestProfile(WholePlugin.class)
class StoreFailureTest extends PluginTest {

    @TestHTTPResource(value = "/healthz/ready", management = true)
    URI ready;

    @TestHTTPResource(value = "/healthz", management = true)
    URI alive;

    @Test
    void aReadOnlyInboxRejectsDeliveries() throws SQLException, IOException {
        byte[] body = StatusPayload.failure().bytes();
        try (Connection holder = held(file().resolveSibling("inbox.db"))) {
            assertRefused(post("again", body));
            assertThat(get(ready).status()).isEqualTo(503);
            assertThat(get(ready).body()).startsWith("not ready\nstore: cannot write to the store");
            assertThat(get(alive).status()).isEqualTo(200);
        }
        assertReadyAgain();
        assertThat(post("again", body).reply()).contains("stored");
        settle();
        assertThat(outcomes().entry("again").reason()).isEqualTo("below-threshold");
    }

    /** Whoever decides is held up; the hook is not. */
    @Test
    void aReadOnlyJournalStillAcceptsDeliveriesAndIsNotReady() throws SQLException, IOException {
        try (Connection holder = held(file())) {
            assertThat(post("meanwhile", StatusPayload.failure().bytes()).reply())
                    .contains("stored");
            assertThat(get(ready).status()).isEqualTo(503);
        }
        assertReadyAgain();
        settle();
        assertThat(outcomes().entry("meanwhile").reason()).isIn("below-threshold", "duplicate");
    }

    private static Connection held(Path database) throws SQLException {
        Connection holder = DriverManager.getConnection("jdbc:sqlite:" + database + "?busy_timeout=5000");
        holder.createStatement().execute("BEGIN IMMEDIATE");
        return holder;
    }

    @Test
    void aMissingDatabaseFileRejectsDeliveriesUntilItIsBack() throws IOException {
        Path elsewhere = file().resolveSibling("elsewhere.db");
        Files.move(file(), elsewhere);
        try {
            assertRefused(post(StatusPayload.failure().bytes()));
            assertThat(get(ready).status()).isEqualTo(503);
            assertThat(get(ready).body()).contains(file() + " was deleted or replaced", "restart ci-notify");

            Files.copy(elsewhere, file());
            assertRefused(post(StatusPayload.failure().bytes()));
            Files.delete(file());
        } finally {
            Files.move(elsewhere, file());
        }
        assertReadyAgain();
        assertThat(decided(StatusPayload.failure()).reason()).isEqualTo("below-threshold");
    }

    private static void assertRefused(Dispatch dispatch) {
        assertThat(dispatch.status()).isEqualTo(503);
        assertThat(dispatch.reply())
                .isEqualTo("503 Service Unavailable: the delivery could not be stored; redeliver it later\n");
    }

    private void assertReadyAgain() {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(get(ready).body()).isEqualTo("OK"));
    }

    private static RawHttp.Reply get(URI target) throws IOException {
        return RawHttp.send("GET", target, Map.of("Connection", "close"), new byte[0]);
    }
}
