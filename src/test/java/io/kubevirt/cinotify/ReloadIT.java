// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.MountedFolder;
import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.StatusPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A wrong configuration of the running program is reported and changes nothing. */
@Timeout(900)
class ReloadIT {

    /** Ends a hanging test. */
    private static final Duration SOON = Duration.ofMinutes(3);

    @TempDir
    private Path home;

    /** What somebody writes instead of a piece; null for a file that is gone. */
    private record Slip(String file, String piece, @Nullable String instead, String message) {}

    /** One for each file; ConfigLoaderTest has all others. */
    private static final List<Slip> SLIPS = List.of(
            new Slip("ci-notify.yaml", "hosts:", "host:", "unknown key \"host\"; did you mean \"hosts\"?"),
            new Slip("group.md", "| Availability |", "| Whenever |", "group.md"),
            new Slip("sigs.yaml", "", null, "there is no such file"),
            new Slip("OWNERS_ALIASES", "aliases:", "aliases: x\nb", "OWNERS_ALIASES:"));

    @Test
    void aRejectedReloadIsReportedAndThePreviousConfigurationStays() throws Exception {
        MountedFolder settings = MountedFolder.of(Path.of("src/test/resources/settings"), home.resolve("config"));
        settings.update("ci-notify.yaml", settings.text("ci-notify.yaml").replace("prow.example.org", "prow.test"));
        MountedFolder jobs = jobs();
        try (PluginProcess plugin =
                PluginProcess.serve(home, "--config=" + settings.path(), "--job-config-path=" + jobs.path())) {
            plugin.waitReady();
            int refused = 0;
            for (Slip slip : SLIPS) {
                make(slip, settings, plugin);
                refused++;
                assertThat(plugin.metric("ci_notify_config_reloads_total{result=\"failure\"}"))
                        .as("%s", slip)
                        .isGreaterThanOrEqualTo(refused);
            }
            jobs.update("jobs.yaml", "periodics: {}\n");
            await().atMost(SOON).untilAsserted(() -> assertThat(plugin.ready()).contains("jobs.yaml:1: "));
            jobs.update("jobs.yaml", "periodics: []\n");
            await().atMost(SOON).untilAsserted(() -> assertThat(plugin.ready()).isEqualTo("OK"));
            assertThat(plugin.errors()).noneMatch(line -> line.startsWith("\tat "));
        }
    }

    private void make(Slip slip, MountedFolder settings, PluginProcess plugin) throws IOException {
        String good = settings.text(slip.file());
        assertThat(good).as("%s", slip).contains(slip.piece());
        settings.update(slip.file(), slip.instead() == null ? null : good.replace(slip.piece(), slip.instead()));
        await(slip.toString()).atMost(SOON).untilAsserted(() -> assertThat(plugin.ready())
                .startsWith("OK\nconfig: reload rejected, the previous configuration stays in force:")
                .contains(slip.message()));
        assertThat(plugin.metric("ci_notify_config_last_reload_successful")).isZero();
        assertThat(plugin.post(StatusPayload.failure().bytes()).status()).isEqualTo(200);
        settings.update(slip.file(), good);
        await(slip.toString()).atMost(SOON).untilAsserted(() -> assertThat(plugin.ready())
                .isEqualTo("OK"));
        assertThat(plugin.metric("ci_notify_config_last_reload_successful")).isEqualTo(1);
    }

    private MountedFolder jobs() throws IOException {
        Path source = Files.createDirectory(home.resolve("jobs-source"));
        Files.writeString(source.resolve("jobs.yaml"), "periodics: []\n");
        return MountedFolder.of(source, home.resolve("jobs"));
    }

    @Test
    void aRotatedSecretIsUsedWithinSeconds() throws Exception {
        Path source = Files.createDirectory(home.resolve("secret-source"));
        Files.writeString(source.resolve("hmac"), "the-key-before");
        MountedFolder secret = MountedFolder.of(source, home.resolve("secret"));
        try (PluginProcess plugin =
                PluginProcess.serve(home, "--hmac-secret-file=" + secret.path().resolve("hmac"))) {
            plugin.waitReady();
            assertThat(plugin.post(StatusPayload.failure().bytes()).status()).isEqualTo(403);

            secret.update("hmac", PluginProcess.KEY);
            await().atMost(SOON)
                    .until(() -> plugin.post(StatusPayload.failure().bytes()).status() == 200);

            secret.update("hmac", null);
            await().atMost(SOON).untilAsserted(() -> assertThat(plugin.ready())
                    .startsWith("OK\n")
                    .contains("the webhook secret cannot be read (there is no such file)"));
            assertThat(plugin.metric("ci_notify_webhook_secret_valid")).isZero();
            assertThat(plugin.post(StatusPayload.failure().bytes()).status())
                    .as("the last good key")
                    .isEqualTo(200);
        }
    }
}
