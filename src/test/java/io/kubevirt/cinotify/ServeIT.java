// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.Dispatch;
import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.fixture.Rounds;
import io.kubevirt.cinotify.fixture.StatusPayload;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built program as an operator runs it. */
@Timeout(900)
class ServeIT {

    private static final Duration SOON = Duration.ofMinutes(3);
    /** Chaos kills more often, and checks more. */
    private static final int ROUNDS = Rounds.of(3);

    /** Of lanes among the samples. */
    private static final int FAMILIES = 7;

    private static final long SEED = 20_261_122;

    @TempDir
    private Path home;

    @Test
    void signedSamplesBecomeMessagesAndSigtermStopsTheProgram() throws Exception {
        try (PluginProcess plugin = PluginProcess.serve(home, "--config=" + withoutWaiting())) {
            plugin.waitReady();
            for (byte[] sample : samples()) {
                assertThat(plugin.post(sample).status()).isEqualTo(200);
            }

            await().atMost(SOON)
                    .until(() -> plugin.output().stream()
                                    .filter(line -> line.startsWith("● "))
                                    .count()
                            >= FAMILIES);
            assertThat(plugin.output())
                    .anyMatch(
                            line -> line.matches("● (OPENED|DEFERRED until .* UTC)  sig-compute e2e .*broken: .*PR.*"))
                    .anyMatch(line -> line.matches("  \\S+ (primary|secondary|backup), .*"));
            assertThat(plugin.errors()).noneMatch(line -> line.contains("\tat ") || line.contains("ERROR"));
            assertThat(plugin.stop(SOON)).isIn(0, 143);
            plugin.outcomes().assertConserved(samples().size());
        }
    }

    @Test
    void logsAreJsonLikeProwsWithoutATerminal() throws Exception {
        try (PluginProcess plugin =
                PluginProcess.serve(home, "--config=" + withoutWaiting(), "--log-format=json", "--log-level=debug")) {
            plugin.waitReady();
            Dispatch dispatch = plugin.post(samples().getFirst());
            samples().stream().skip(1).forEach(plugin::post);

            await().atMost(SOON).until(() -> !plugin.output().isEmpty());
            assertThat(plugin.output())
                    .allMatch(line ->
                            line.startsWith("{\"component\":\"ci-notify\",") && line.contains("\"notice\":\"● "));
            await().atMost(SOON).until(() -> plugin.errors().stream().anyMatch(line -> isParsed(line, dispatch)));
            assertThat(plugin.errors()).allMatch(line -> line.startsWith("{\"component\":\"ci-notify\","));
            assertThat(plugin.errors())
                    .filteredOn(line -> isParsed(line, dispatch))
                    .singleElement()
                    .asString()
                    .contains(
                            "\"event-GUID\":\"" + dispatch.delivery() + "\"",
                            "\"event-type\":\"status\"",
                            "\"org\":\"kubevirt\"",
                            "\"repo\":\"kubevirt\"",
                            "\"pr\":\"",
                            "\"job\":\"pull-kubevirt-");
            assertThat(plugin.errors()).noneMatch(line -> line.contains(PluginProcess.KEY));
        }
    }

    private static boolean isParsed(String line, Dispatch dispatch) {
        return line.contains("\"msg\":\"parsed\"") && line.contains("\"" + dispatch.delivery() + "\"");
    }

    @Test
    void acceptedDeliveriesSurviveKillsAtAnyMoment() throws Exception {
        Random random = new Random(SEED);
        Queue<String> accepted = new ConcurrentLinkedQueue<>();
        AtomicLong build = new AtomicLong();
        for (int round = 0; round < ROUNDS; round++) {
            try (PluginProcess plugin = PluginProcess.serve(home)) {
                plugin.waitReady();
                List<Thread> senders = Stream.generate(
                                () -> Thread.startVirtualThread(() -> sendUntilItDies(plugin, build, accepted)))
                        .limit(3)
                        .toList();
                int enough = accepted.size() + random.nextInt(1, 40);
                await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> accepted.size() >= enough);
                plugin.kill();
                for (Thread sender : senders) {
                    sender.join();
                }
                assertThat(plugin.outcomes().entries())
                        .as("round %d of seed %d", round, SEED)
                        .extracting(entry -> entry.id())
                        .containsAll(accepted);
            }
        }
        try (PluginProcess plugin = PluginProcess.serve(home)) {
            plugin.waitReady();
            await().atMost(SOON).until(() -> plugin.outcomes().inProgress() == 0);
            int stored = plugin.outcomes().entries().size();
            assertThat(stored).isGreaterThanOrEqualTo(accepted.size());
            plugin.outcomes().assertConserved(stored);
            assertThat(plugin.outcomes()
                            .query("SELECT 1 FROM incident WHERE state = 'open' GROUP BY kind, title HAVING"
                                    + " count(*) > 1"))
                    .isEmpty();
            System.out.println("ServeIT: " + accepted.size() + " deliveries accepted over " + ROUNDS
                    + " kills, none lost; " + (stored - accepted.size()) + " stored without a response");
        }
    }

    @Test
    void deliveriesAcceptedDuringShutdownAreStored() throws Exception {
        Queue<String> accepted = new ConcurrentLinkedQueue<>();
        AtomicLong build = new AtomicLong();
        try (PluginProcess plugin = PluginProcess.serve(home)) {
            plugin.waitReady();
            Thread sender = Thread.startVirtualThread(() -> sendUntilItDies(plugin, build, accepted));
            await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> accepted.size() >= 20);
            assertThat(plugin.stop(SOON)).isIn(0, 143);
            sender.join();
            assertThat(plugin.outcomes().entries())
                    .extracting(entry -> entry.id())
                    .containsAll(accepted);
            assertThat(plugin.errors()).noneMatch(line -> line.contains("\tat "));
        }
    }

    @Test
    void acceptedWorkIsFinishedBeforeTheExit() throws Exception {
        try (PluginProcess plugin = PluginProcess.serve(home, "--grace-period=60s")) {
            plugin.waitReady();
            for (long build = 1; build <= 300; build++) {
                assertThat(plugin.post(StatusPayload.failure()
                                        .job("pull-kubevirt-job-" + build)
                                        .build(build)
                                        .bytes())
                                .status())
                        .isEqualTo(200);
            }
            assertThat(plugin.stop(SOON)).isIn(0, 143);
            assertThat(plugin.outcomes().inProgress()).isZero();
            plugin.outcomes().assertConserved(300);
        }
    }

    @Test
    void workBeyondTheGracePeriodContinuesAfterTheRestart() throws Exception {
        try (PluginProcess plugin = PluginProcess.serve(home, "--grace-period=0s")) {
            plugin.waitReady();
            for (long build = 1; build <= 100; build++) {
                plugin.post(StatusPayload.failure().build(build).bytes());
            }
            assertThat(plugin.stop(SOON)).isIn(0, 143);
            assertThat(plugin.outcomes().entries()).hasSize(100);
        }
        try (PluginProcess next = PluginProcess.serve(home)) {
            next.waitReady();
            await().atMost(SOON).until(() -> next.outcomes().inProgress() == 0);
            next.outcomes().assertConserved(100);
        }
    }

    @Test
    void allStartupProblemsAreReportedAtOnceWithoutAStackTrace() throws Exception {
        Path settings = Preset.copyTo(home.resolve("settings"), UnaryOperator.identity());
        Files.writeString(settings.resolve("ci-notify.yaml"), "\nruoting: {}\n", StandardOpenOption.APPEND);
        try (PluginProcess plugin = PluginProcess.serve(
                home, "--port=99999", "--hmac-secret-file=" + home.resolve("nowhere"), "--config=" + settings)) {
            assertThat(plugin.waitForEnd(SOON)).isEqualTo(1);
            await().atMost(SOON).until(() -> plugin.errors().size() >= 3);
            assertThat(plugin.errors())
                    .anyMatch(line -> line.startsWith("--port: 99999 is not a port"))
                    .anyMatch(line ->
                            line.startsWith(home.resolve("nowhere") + ": ") && line.contains("there is no such file"))
                    .anyMatch(line -> line.startsWith("ci-notify.yaml:") && line.contains("ruoting"))
                    .noneMatch(line -> line.contains("Exception") || line.startsWith("\tat "));
            assertThat(plugin.output()).isEmpty();
        }
    }

    @Test
    void aSecondProcessOnTheSameDataDirectoryIsRejected() throws Exception {
        try (PluginProcess first = PluginProcess.serve(home)) {
            first.waitReady();
            try (PluginProcess second = PluginProcess.serve(home)) {
                assertThat(second.waitForEnd(SOON)).isEqualTo(1);
                await().atMost(SOON).until(() -> !second.errors().isEmpty());
                assertThat(second.errors())
                        .singleElement()
                        .asString()
                        .contains("is in use by another ci-notify (process ", "stop that one first");
            }
        }
    }

    @Test
    void aPortInUseIsReportedInOneSentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            String port = Integer.toString(other.getLocalPort());
            try (PluginProcess plugin = PluginProcess.serve(home, "--port=" + port)) {
                assertThat(plugin.waitForEnd(SOON)).isEqualTo(1);
                await().atMost(SOON).until(() -> !plugin.errors().isEmpty());
                assertThat(plugin.errors())
                        .anyMatch(line -> line.contains(port))
                        .noneMatch(line -> line.startsWith("\tat "));
            }
        }
    }

    private static void sendUntilItDies(PluginProcess plugin, AtomicLong build, Queue<String> accepted) {
        while (true) {
            long number = build.incrementAndGet();
            StatusPayload payload = number % 3 == 0 ? StatusPayload.success() : StatusPayload.failure();
            Dispatch dispatch = plugin.post(
                    payload.job("pull-kubevirt-job-" + number % 5).build(number).bytes());
            if (!dispatch.succeeded()) {
                return;
            }
            accepted.add(dispatch.delivery());
        }
    }

    /** A failure of one pull request causes no notification. */
    private static String onAnotherPull(String sample, int number) {
        return Pattern.compile("(/pr-logs/pull/[^/]+/)([0-9]+)(/[^/\"]+/)([0-9]+)")
                .matcher(sample)
                .replaceAll(found -> found.group(1)
                        + (Long.parseLong(found.group(2)) + 1_000L * number)
                        + found.group(3)
                        + (Long.parseLong(found.group(4)) + number));
    }

    /** The preset, but a broken lane is notified at once. */
    private Path withoutWaiting() throws IOException {
        return Preset.copyTo(home.resolve("config"), text -> text.replace("    time: 10m ", "    time: 0s "));
    }

    private static List<byte[]> samples() throws IOException {
        List<byte[]> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/samples"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                // Recorded in March; only current runs cause notifications.
                String sample = Files.readString(file)
                        .replaceAll(
                                "\"(created_at|updated_at)\": \"[^\"]*\"",
                                "\"$1\": \"" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\"");
                for (int pull = 0; pull < 3; pull++) {
                    samples.add(onAnotherPull(sample, pull).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return samples;
    }
}
