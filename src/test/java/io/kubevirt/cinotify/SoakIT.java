// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kubevirt.cinotify.fixture.FakeApiServer;
import io.kubevirt.cinotify.fixture.MountedFolder;
import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.StatusPayload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Steady load for a long time: {@code make soak MINUTES=30 RATE=50}. Prints memory by minute. */
@Isolated
class SoakIT {

    private static final int MINUTES = Integer.getInteger("soak.minutes", 0);
    private static final int RATE = Integer.getInteger("soak.rate", 50);

    /** In MB, over what it held after a quarter of the time, when all is loaded and warm. */
    private static final long STILL_FLAT = 64;

    /** Options of the JVM after those of the fixture, which start it faster. */
    private static final String JAVA = System.getProperty("soak.java", "-Xmx230m");

    private static final String BOTH_COMPILERS = "-XX:TieredStopAtLevel=4";

    @TempDir
    private Path home;

    private final List<Long> answers = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> residents = new ArrayList<>();
    private int refused;

    @Test
    void nothingIsLostAndMemoryStaysFlat() throws Exception {
        assumeTrue(MINUTES > 0, "the soak runs for minutes: make soak MINUTES=30 RATE=50");
        MountedFolder settings = MountedFolder.of(Path.of("config"), home.resolve("config"));
        try (FakeApiServer api = new FakeApiServer(2_000);
                PluginProcess plugin = PluginProcess.serve(
                        home,
                        Stream.concat(Stream.of(BOTH_COMPILERS), Arrays.stream(JAVA.split("\\s+")))
                                .toList(),
                        "--config=" + settings.path(),
                        "--prowjob-namespace=" + FakeApiServer.NAMESPACE,
                        "--kubeconfig=" + api.kubeconfig(home))) {
            plugin.waitReady();
            List<Double> heaps = new ArrayList<>();
            for (int minute = 0; minute < MINUTES; minute++) {
                minute(plugin, api, settings, minute);
                heaps.add(plugin.sum("jvm_gc_live_data_size_bytes"));
                residents.add(plugin.residentMegabytes());
                System.out.printf(
                        "SoakIT: minute %d: live %.1f MB, resident %d MB%n",
                        minute + 1, heaps.getLast() / 1e6, residents.getLast());
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> plugin.outcomes().inProgress() == 0);
            report(plugin, heaps);
            assertThat(refused).as("posts that were not answered 200").isZero();
            assertThat(residents.getLast())
                    .as("MB, minute by minute: %s", residents)
                    .isLessThan(residents.get(residents.size() / 4) + STILL_FLAT);
            assertThat(plugin.errors()).noneMatch(line -> line.contains(" ERROR "));
            assertThat(plugin.metric("ci_notify_config_reloads_total{result=\"success\"}"))
                    .isGreaterThanOrEqualTo(MINUTES - 1.0);
            await().atMost(Duration.ofSeconds(40)).until(() -> plugin.metric("ci_notify_deliveries_unaccounted") == 0);
            plugin.outcomes().assertConserved(plugin.outcomes().entries().size());
            assertThat(plugin.outcomes().entries()).hasSizeGreaterThanOrEqualTo(answers.size());
        }
    }

    private void minute(PluginProcess plugin, FakeApiServer api, MountedFolder settings, int minute) throws Exception {
        long start = System.nanoTime();
        settings.update("ci-notify.yaml", settings.text("ci-notify.yaml") + "\n# minute " + minute);
        for (int second = 0; second < 60; second++) {
            if (second % 10 == 3) {
                api.closeWatches();
            }
            if (second == 30) {
                api.compact();
            }
            periodic(api, minute * 60 + second);
            for (int post = 0; post < RATE; post++) {
                long number = ((long) minute * 60 + second) * RATE + post;
                awaitNanos(start + (long) ((second + (double) post / RATE) * 1e9));
                post(plugin, number);
            }
        }
    }

    private void post(PluginProcess plugin, long number) {
        StatusPayload payload = number % 4 == 0 ? StatusPayload.failure() : StatusPayload.success();
        long before = System.nanoTime();
        boolean taken = plugin.post(payload.job("pull-kubevirt-e2e-lane-" + number % 40)
                        .pull(1_000 + (int) (number % 90))
                        .build(1_900_000_000_000_000_000L + number)
                        .bytes())
                .succeeded();
        answers.add((System.nanoTime() - before) / 1_000);
        refused += taken ? 0 : 1;
    }

    private static void periodic(FakeApiServer api, int number) {
        Instant now = Instant.now();
        api.put(
                "soak-" + number,
                "\"type\":\"periodic\",\"job\":\"periodic-soak-" + number % 20 + "\",\"cluster\":\"default\"",
                number % 7 == 0 ? "failure" : "success",
                ",\"description\":\"Job ended.\",\"build_id\":\"" + ((now.toEpochMilli() - 1_288_834_974_657L) << 22)
                        + "\",\"startTime\":\"" + now.minusSeconds(60) + "\",\"pendingTime\":\"" + now.minusSeconds(50)
                        + "\",\"completionTime\":\"" + now + "\"");
        if (number >= 200) {
            api.delete("soak-" + (number - 200));
        }
    }

    private void report(PluginProcess plugin, List<Double> heaps) throws Exception {
        List<Long> sorted = new ArrayList<>(answers);
        Collections.sort(sorted);
        System.out.printf(
                "SoakIT: %d min at %d/s: %d posts, %d refused; answer p50 %.1f ms, p99 %.1f ms, max %.1f ms;"
                        + " live heap %.1f MB at first, %.1f MB at last; resident %d MB; %d entries; difference %.0f%n",
                MINUTES,
                RATE,
                sorted.size(),
                refused,
                sorted.get(sorted.size() / 2) / 1e3,
                sorted.get(sorted.size() * 99 / 100) / 1e3,
                sorted.getLast() / 1e3,
                heaps.getFirst() / 1e6,
                heaps.getLast() / 1e6,
                plugin.residentMegabytes(),
                plugin.outcomes().entries().size(),
                plugin.metric("ci_notify_deliveries_unaccounted"));
    }

    private static void awaitNanos(long instant) throws InterruptedException {
        long left = instant - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
