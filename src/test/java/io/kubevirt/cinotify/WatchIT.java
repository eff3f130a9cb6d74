// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.FakeApiServer;
import io.kubevirt.cinotify.fixture.FakeDeck;
import io.kubevirt.cinotify.fixture.PluginProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built program with an API server: runs without webhooks. */
@Timeout(900)
class WatchIT {

    /** Ends a hanging test. */
    private static final Duration SOON = Duration.ofMinutes(3);

    private static final int FAILURES = 20;

    /** Each failure is a message of its own, and none waits for a digest. */
    private static final String UNRESTRAINED = "\nsending: {messagesPerHour: 1000, messagesPerPersonAndHour: 1000}\n";

    @TempDir
    private Path home;

    @Test
    void aColdStartInALargeClusterNotifiesEachLaterFailureAndNoOther() throws Exception {
        try (FakeApiServer api = new FakeApiServer(20_000);
                PluginProcess plugin = watching(api)) {
            for (int job = 0; job < 50; job++) {
                fail(api, "old-" + job, Instant.now().minus(Duration.ofHours(2)));
            }
            plugin.waitReady();
            await().atMost(SOON)
                    .until(() -> plugin.outcomes().counts().getOrDefault("suppressed known-at-start", 0L) == 50);
            assertThat(headlines(plugin)).isEmpty();

            for (int job = 0; job < FAILURES; job++) {
                String name = "new-" + job;
                fail(api, name, Instant.now());
                await().atMost(SOON).until(() -> headlines(plugin).contains("● OPENED  job-" + name + " broken"));
            }
            // What is decided long after its end, as on a busy machine, is deferred first.
            assertThat(headlines(plugin))
                    .allMatch(line -> line.contains("  job-new-"))
                    .filteredOn(line -> line.startsWith("● OPENED"))
                    .hasSize(FAILURES);
        }
    }

    @Test
    void failuresDuringADowntimeAreNotifiedOnceIfTheyPersist() throws Exception {
        try (FakeApiServer api = new FakeApiServer(100)) {
            try (PluginProcess plugin = watching(api)) {
                plugin.waitReady();
                await().atMost(SOON).until(() -> api.openWatches() > 0);
                plugin.kill();
            }
            Instant meanwhile = Instant.now();
            fail(api, "still-red", meanwhile);
            fail(api, "healed", meanwhile);
            pass(api, "healed", meanwhile.plusSeconds(1));
            try (PluginProcess plugin = watching(api)) {
                plugin.waitReady();
                await().atMost(SOON).until(() -> headlines(plugin).contains("● OPENED  job-still-red broken"));
                assertThat(headlines(plugin))
                        .as("a lane that recovered meanwhile interrupts nobody")
                        .noneMatch(line -> line.contains("job-healed") && !line.startsWith("● DEFERRED"));
                // A terminal cannot be read back: what was printed but not yet noted would be printed again.
                await().atMost(SOON).until(() -> notifying(plugin) == 0);
                plugin.kill();
            }
            try (PluginProcess again = watching(api)) {
                again.waitReady();
                fail(api, "later", Instant.now());
                await().atMost(SOON).until(() -> headlines(again).contains("● OPENED  job-later broken"));
                assertThat(headlines(again))
                        .as("the other is notified once")
                        .allMatch(line -> line.endsWith("  job-later broken"))
                        .filteredOn(line -> line.startsWith("● OPENED"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aDeckIsEnoughWithoutAccessToTheCluster() throws Exception {
        try (FakeDeck deck = new FakeDeck()) {
            deck.serves(FakeDeck.document());
            // No key for webhooks either: the default file is not there on a laptop.
            try (PluginProcess plugin =
                    PluginProcess.serve(home, "--deck=" + deck.address(), "--hmac-secret-file=/etc/webhook/hmac")) {
                plugin.waitReady();
                await().atMost(SOON).until(() -> !deck.requests().isEmpty());
                assertThat(plugin.errors()).noneMatch(line -> line.contains("ERROR"));
            }
        }
    }

    private PluginProcess watching(FakeApiServer api) throws IOException {
        return PluginProcess.serve(
                home,
                "--config=" + roundTheClock(),
                "--prowjob-namespace=" + FakeApiServer.NAMESPACE,
                "--kubeconfig=" + api.kubeconfig(home));
    }

    /** The preset with people who always work, so that the day on which this runs does not matter. */
    private Path roundTheClock() throws IOException {
        Path config = Files.createDirectories(home.resolve("config"));
        for (String name : List.of("ci-notify.yaml", "ci-operations-group.md", "sigs.yaml", "OWNERS_ALIASES")) {
            String text = Files.readString(Path.of("config", name))
                    .replace("workingHours: 09:00-17:00", "workingHours: 00:00-24:00")
                    .replace("<td>Mon-Fri</td>", "<td>Mon-Sun</td>")
                    .replace("<td>Sun-Thu</td>", "<td>Mon-Sun</td>")
                    .replace("    periodic: 2\n", "    periodic: 1\n")
                    .replace("    time: 10m ", "    time: 0s ");
            Files.writeString(config.resolve(name), name.equals("ci-notify.yaml") ? text + UNRESTRAINED : text);
        }
        return config;
    }

    private static void fail(FakeApiServer api, String name, Instant at) {
        end(api, name, name, "failure", at);
    }

    private static void pass(FakeApiServer api, String name, Instant at) {
        end(api, name + "-again", name, "success", at);
    }

    /**
     * A ProwJob of the periodic job {@code job-NAME} that ended at an instant; build ids are snowflakes. Each on a cluster of
     * its own: twenty red lanes of one would be an outage.
     */
    private static void end(FakeApiServer api, String prowJob, String name, String state, Instant at) {
        long build = (at.toEpochMilli() - 1_288_834_974_657L) << 22;
        api.put(
                prowJob,
                "\"type\":\"periodic\",\"job\":\"job-" + name + "\",\"cluster\":\"" + name + "\"",
                state,
                ",\"description\":\"Job " + (state.equals("success") ? "succeeded" : "failed") + ".\",\"build_id\":\""
                        + build + "\",\"startTime\":\"" + at.minusSeconds(60) + "\",\"pendingTime\":\""
                        + at.minusSeconds(50) + "\",\"completionTime\":\"" + at + "\"");
    }

    /** Messages that are being sent: claimed and not recorded yet. */
    private static long notifying(PluginProcess plugin) {
        return plugin.outcomes()
                .query("SELECT 1 FROM outbox WHERE state = 'sending'")
                .size();
    }

    private static List<String> headlines(PluginProcess plugin) {
        return plugin.output().stream().filter(line -> line.startsWith("● ")).toList();
    }
}
