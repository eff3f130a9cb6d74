// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same load against one server, and the figures of it in their order. */
final class Round {

    private static final int SMALL = 8 * 1024;
    private static final int LARGE = 200 * 1024;
    private static final int CONNECTIONS = 48;
    private static final int DISTINCT_SMALL = 20_000;
    private static final int DISTINCT_LARGE = 200;

    /** So slowly that nothing waits for anything else: a Slack channel takes one message a second. */
    private static final int NOTIFICATIONS = 40;

    private static final long BETWEEN_NOTIFICATIONS_MILLIS = 1_200;
    private static final long TIMEOUT_MILLIS = 5_000;
    /** A batch of one second is decided after the second. */
    private static final long QUIET_NANOS = 3_000_000_000L;

    private final URI target;
    private final String key;
    private final int perSecond;
    private final Duration time;
    private final Duration warmUp;
    private final boolean tracksMemory;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    /**
     * @param warmUp under the load of {@code perSecond}: a JVM compiles meanwhile
     * @param tracksMemory whether the JVM of the server has {@link NativeMemory#FLAG}
     */
    Round(URI target, String key, int perSecond, Duration time, Duration warmUp, boolean tracksMemory) {
        this.warmUp = warmUp;
        this.tracksMemory = tracksMemory;
        this.target = target;
        this.key = key;
        this.perSecond = perSecond;
        this.time = time;
    }

    /** A server that is there already. */
    Map<String, Double> remote() throws IOException, InterruptedException {
        load(ServerProcess.at(target).orElse(null), null);
        return figures;
    }

    /** A plugin that was started for this. */
    Map<String, Double> own(Plugin plugin, SlackSink slack) throws IOException, InterruptedException {
        figures.put("start until ready, s", plugin.startSeconds());
        figures.put("RSS when idle, MB", plugin.server().megabytes("VmRSS"));
        noteMemory(plugin, "idle: ");
        measureNotifications(plugin, slack, 0, "after the start, ");
        load(plugin.server(), plugin);
        measureNotifications(plugin, slack, NOTIFICATIONS, "after the load, ");
        noteMemory(plugin, "after the load: ");
        return figures;
    }

    private void noteMemory(Plugin plugin, String when) throws IOException, InterruptedException {
        if (tracksMemory) {
            figures.putAll(new NativeMemory(plugin.server()).figures(when));
        }
    }

    private void load(@Nullable ServerProcess server, @Nullable Plugin plugin)
            throws IOException, InterruptedException {
        Deliveries deliveries = new Deliveries(target, key, SMALL);
        List<byte[]> small = deliveries.mixed(DISTINCT_SMALL, 100_000_000);
        Deliveries heavy = new Deliveries(target, key, LARGE);
        List<byte[]> large = heavy.mixed(DISTINCT_LARGE, 300_000_000);
        new Load(target, deliveries, CONNECTIONS, warmUp).paced(small, perSecond);
        awaitDecided(plugin);
        Accounts accounts = new Accounts(server, plugin);
        accounts.note("8 KB, " + perSecond + "/s asked: ", () -> new Load(target, deliveries, CONNECTIONS, time)
                .paced(small, perSecond));
        accounts.note("8 KB, as many as it takes: ", () -> new Load(target, deliveries, CONNECTIONS, time).most(small));
        accounts.note(
                "200 KB, as many as it takes: ", () -> new Load(target, heavy, CONNECTIONS / 4, time).most(large));
        if (server != null) {
            figures.put("RSS after the load, MB", server.megabytes("VmRSS"));
            figures.put("RSS at its highest, MB", server.megabytes("VmHWM"));
        }
    }

    /** A load; its processor time includes that of the decisions, as far as they can be seen. */
    private interface Sending {
        Load.Result send() throws InterruptedException;
    }

    private final class Accounts {
        private final @Nullable ServerProcess server;
        private final @Nullable Plugin plugin;

        Accounts(@Nullable ServerProcess server, @Nullable Plugin plugin) {
            this.server = server;
            this.plugin = plugin;
        }

        void note(String load, Sending sending) throws IOException, InterruptedException {
            double before = server == null ? 0 : server.processorMillis();
            long decidedBefore = plugin == null ? 0 : plugin.decided();
            Load.Result result = sending.send();
            Round.this.note(load, result);
            if (plugin != null) {
                long decided = plugin.decided() - decidedBefore;
                figures.put(load + "decided within the time", (double) decided);
                figures.put(load + "backlog at its end", (double) Math.max(0, result.accepted() - decided));
                figures.put(load + "backlog is done after, s", awaitDecided(plugin));
            }
            if (server != null && result.accepted() > 0) {
                double used = server.processorMillis() - before;
                figures.put(load + "processor ms each", used / result.accepted());
            }
        }
    }

    /** Seconds until nothing is decided any more. */
    private static double awaitDecided(@Nullable Plugin plugin) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long last = start;
        long deadline = start + Duration.ofMinutes(2).toNanos();
        long known = -1;
        while (plugin != null && System.nanoTime() < deadline) {
            long decided = plugin.decided();
            if (decided != known) {
                known = decided;
                last = System.nanoTime();
            } else if (System.nanoTime() - last > QUIET_NANOS) {
                break;
            }
            Thread.sleep(100);
        }
        return (last - start) / 1e9;
    }

    private void note(String load, Load.Result result) {
        figures.put(load + "accepted", (double) result.accepted());
        figures.put(load + "accepted per s", result.rate());
        figures.put(load + "refused", (double) result.refused());
        figures.put(load + "p50, ms", result.latencies().percentile(0.5));
        figures.put(load + "p95, ms", result.latencies().percentile(0.95));
        figures.put(load + "p99, ms", result.latencies().percentile(0.99));
        figures.put(load + "most, ms", result.latencies().percentile(1.0));
    }

    /** From the moment a red run is posted until its message stands on standard output, and until Slack has it. */
    private void measureNotifications(Plugin plugin, SlackSink slack, int first, String when)
            throws IOException, InterruptedException {
        Deliveries deliveries = new Deliveries(target, key, SMALL);
        Latencies console = new Latencies();
        Latencies toSlack = new Latencies();
        try (Connection connection = new Connection(target)) {
            for (int index = first; index < first + NOTIFICATIONS; index++) {
                int build = 900_000_000 + index;
                byte[] request = deliveries.sentNow(deliveries.notifyingFailure("push-message-" + index, build));
                long posted = System.nanoTime();
                connection.send(request);
                long deadline = posted + TIMEOUT_MILLIS * 1_000_000;
                while ((plugin.sentAt(index) == null || slack.receivedAt(index) == null)
                        && System.nanoTime() < deadline) {
                    Thread.sleep(1);
                }
                add(console, plugin.sentAt(index), posted);
                add(toSlack, slack.receivedAt(index), posted);
                Thread.sleep(BETWEEN_NOTIFICATIONS_MILLIS);
            }
        }
        note(when + "event to console: ", console);
        note(when + "event to Slack: ", toSlack);
    }

    private static void add(Latencies latencies, @Nullable Long at, long posted) {
        if (at != null) {
            latencies.add(at - posted);
        }
    }

    private void note(String way, Latencies latencies) {
        figures.put(way + "messages of " + NOTIFICATIONS, (double) latencies.count());
        if (latencies.count() > 0) {
            figures.put(way + "p50, ms", latencies.percentile(0.5));
            figures.put(way + "p95, ms", latencies.percentile(0.95));
            figures.put(way + "p99, ms", latencies.percentile(0.99));
        }
    }
}
