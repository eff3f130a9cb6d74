// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.engine.EventLoop;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.fixture.CapturedConsole;
import io.kubevirt.cinotify.fixture.Dispatch;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import io.kubevirt.cinotify.fixture.VirtualClock;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import io.kubevirt.cinotify.store.Inbox;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every test of the whole plugin needs: hook before it, the console behind it, the journal beside it. After each test
 * every delivery that was taken must have ended in exactly one outcome.
 */
@Timeout(300)
abstract class PluginTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TestHTTPResource("/")
    URI root;

    @Inject
    ServeConfig serveConfig;

    @Inject
    EventLoop eventLoop;

    @Inject
    Inbox inbox;

    @Inject
    IncidentService service;

    @Inject
    Instance<VirtualClock> virtualClock;

    @Inject
    Instance<CapturedConsole> capturedConsole;

    VirtualClock clock;
    CapturedConsole console;

    private final ProwHook hook = ProwHook.signingWith(WholePlugin.KEY, pause -> {});
    private long taken;

    @BeforeEach
    void beginAnew() throws SQLException {
        clock = virtualClock.get();
        console = capturedConsole.get();
        settle();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file() + "?busy_timeout=60000");
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "outbox",
                    "outbox_root",
                    "destination",
                    "message",
                    "incident",
                    "engine_event",
                    "incident_event",
                    "run_outcome",
                    "evidence",
                    "visibility",
                    "incident_checkpoint",
                    "run",
                    "delivery")) {
                statement.executeUpdate("DELETE FROM " + table);
            }
            // As if another replica had decided: what this one remembers of former tests holds no more.
            statement.executeUpdate("UPDATE engine_state SET version = version + 7, notifier_state = ''");
        }
        clock.set(Examples.NOON);
        console.clear();
    }

    @AfterEach
    void nothingIsLost() {
        settle();
        outcomes().assertConserved(taken);
    }

    Path file() {
        return serveConfig.dataDir().resolve("ci-notify.db");
    }

    StoredOutcomes outcomes() {
        return new StoredOutcomes(file());
    }

    /** GitHub sends an event under a new GUID. */
    Dispatch post(byte[] body) {
        return counted(hook.dispatch(root, "status", body, WholePlugin.KEY));
    }

    /** GitHub sends an event under this GUID. */
    Dispatch post(String id, byte[] body) {
        return counted(hook.dispatch(root, WebhookDelivery.signed(id, "status", body, WholePlugin.KEY)));
    }

    /** A status arrives and is worked on; returns its outcome. */
    StoredOutcomes.Entry decided(StatusPayload payload) {
        return decided(payload.ended(clock.instant()).bytes());
    }

    /** Time passes, and all that is due is done. */
    void pass(Duration time) {
        until(clock.instant().plus(time));
    }

    void until(Instant instant) {
        clock.set(instant);
        settle();
    }

    StoredOutcomes.Entry decided(byte[] body) {
        Dispatch dispatch = post(body);
        if (!dispatch.succeeded()) {
            throw new AssertionError(dispatch);
        }
        settle();
        return outcomes().entry(dispatch.delivery());
    }

    /** Everything that can be done now is done. */
    void settle() {
        eventLoop.wake();
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(10))
                // First that all is decided, then that nothing of it is left: a decision adds to the tables.
                .until(() -> inbox.size() == 0
                        && service.nextWake().isAfter(clock.instant())
                        && outcomes()
                                .query("SELECT 1 FROM delivery WHERE outcome = 'in-progress'"
                                        + " UNION ALL SELECT 1 FROM message WHERE state = 'pending' AND due_at <= "
                                        + clock.instant().toEpochMilli()
                                        + " UNION ALL SELECT 1 FROM outbox"
                                        + " WHERE state IN ('waiting', 'sending', 'unknown') AND due_at <= "
                                        + clock.instant().toEpochMilli())
                                .isEmpty());
    }

    private Dispatch counted(Dispatch dispatch) {
        if (dispatch.reply().contains("stored") && dispatch.succeeded()) {
            taken++;
        }
        return dispatch;
    }
}
