// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.FakePlugins;
import io.kubevirt.cinotify.fixture.PluginProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plugin at one address that is killed and started again. */
final class Replica implements AutoCloseable {

    /** In milliseconds; on a machine with much else to do as long as a start. */
    private static final long WORK = 1_000;

    /** How long a start may take: a machine may have much else to do. */
    static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** After so many lives each replica stands still once, for longer than the others wait for it. */
    private static final int PAUSE_EACH = 8;

    /** What the plugin logs, rightly, while the server is down. */
    private static final String SERVER_GONE = "check the PostgreSQL server";

    /** What PostgreSQL does with a transaction of somebody who stands still, as it must. */
    private static final String CUT_OFF = "terminating connection due to idle-in-transaction timeout";

    private final Path home;
    private final ExternalSystems world;
    private final FaultPlan plan;
    private final Duration clock;
    private Duration advance = Duration.ZERO;
    private final String[] options;
    private final int port = FakePlugins.freePort();
    private final int healthPort = FakePlugins.freePort();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private int lives;
    private final AtomicInteger paused = new AtomicInteger();
    private @Nullable PluginProcess process;

    /** How long a start takes here, in milliseconds. */
    private long start = 2_000;

    Replica(ExternalSystems world, FaultPlan plan, Path home, Duration clock, List<String> options) throws IOException {
        this.world = world;
        this.plan = plan;
        this.home = home;
        this.clock = clock;
        List<String> all = new ArrayList<>(options);
        all.add("--port=" + port);
        all.add("--health-port=" + healthPort);
        this.options = all.toArray(String[]::new);
    }

    URI webhooks() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What any of its processes logged as an error. */
    Queue<String> complaints() {
        return complaints;
    }

    /** As in a cluster, a process that ends by itself is started again: without its database it does not start. */
    PluginProcess live() throws IOException {
        PluginProcess current = process;
        if (current == null || !current.isAlive()) {
            if (current != null) {
                note(current);
            }
            current = PluginProcess.serve(home, java(), options);
            process = current;
        }
        return current;
    }

    private List<String> java() {
        return List.of(
                "-Dci-notify.clock-offset=" + clock.toSeconds() + "s",
                "-Dci-notify.clock-advance=" + advance.toSeconds() + "s");
    }

    /** Comes back with a clock that is ahead: what waits for a time is due. */
    void skip(Duration time) throws IOException, InterruptedException {
        PluginProcess living = live();
        living.kill();
        note(living);
        process = null;
        advance = advance.plus(time);
        awaitReady();
    }

    /** How often it stood still. */
    int paused() {
        return paused.get();
    }

    /**
     * Lives until it is killed: some die while they start, most as they are at work on what waited for them.
     *
     * @param others whether there are others that may take over when it stands still
     */
    void runAndKill(Random random, boolean others) throws IOException, InterruptedException {
        PluginProcess living = live();
        if (random.nextInt(3) == 0) {
            Thread.sleep(random.nextLong(start));
        } else {
            start = awaitReady();
            living = live();
            long longest = random.nextInt(3) == 0 ? plan.life().toMillis() : start;
            Thread.sleep(random.nextLong(Math.max(WORK, longest)));
            lives++;
            if (others && lives % PAUSE_EACH == 0) {
                living.suspend();
                Thread.sleep(plan.pause());
                world.writes.resumed();
                living.resume();
                paused.incrementAndGet();
                Thread.sleep(random.nextLong(Math.max(WORK, start)));
            }
        }
        living.kill();
        note(living);
        process = null;
    }

    /** Another process on the same store is not let in. */
    void refusesAnother() throws IOException, InterruptedException {
        live().waitReady(TIMEOUT);
        try (PluginProcess second = PluginProcess.serve(home, java(), ownPorts())) {
            int code = second.waitForEnd(TIMEOUT);
            await().until(() -> !second.errors().isEmpty());
            if (code != 1 || !second.errors().toString().contains("is in use by another ci-notify")) {
                complaints.add("a second process ended with " + code + ": " + second.errors());
            }
        }
    }

    private String[] ownPorts() {
        return Stream.of(options)
                .filter(option -> !option.startsWith("--port=") && !option.startsWith("--health-port="))
                .toArray(String[]::new);
    }

    /** How long that took since it began to wait, in milliseconds, and at least some. */
    long awaitReady() throws IOException, InterruptedException {
        long began = System.nanoTime();
        long deadline = began + TIMEOUT.toNanos();
        while (!live().isReady()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it does not become ready\n" + String.join("\n", live().errors()));
            }
            Thread.sleep(10);
        }
        return Math.max(500, (System.nanoTime() - began) / 1_000_000);
    }

    private void note(PluginProcess ended) {
        ended.errors().stream()
                .filter(line -> line.contains(" ERROR ") || line.startsWith("\tat io.kubevirt"))
                .filter(line -> paused.get() == 0 || !line.contains(CUT_OFF))
                .filter(line -> !plan.crashes() || !line.contains(SERVER_GONE))
                .forEach(complaints::add);
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.close();
            note(process);
        }
    }
}
