// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One flood after the other, while signed deliveries arrive. */
final class FloodRound {
    private static final int DELIVERIES_PER_SECOND = 20;
    private static final Duration IN_TIME = Duration.ofSeconds(2);
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);

    private final Plugin plugin;
    private final Deliveries deliveries;
    private final List<byte[]> requests;

    FloodRound(Plugin plugin) throws IOException {
        this.plugin = plugin;
        this.deliveries = new Deliveries(plugin.webhooks(), Plugin.KEY, 8_000);
        this.requests = deliveries.mixed(1_000, 1);
    }

    /**
     * What came of it.
     *
     * @param answers of the flood: how many by status, 0 for none
     * @param statuses of the deliveries, likewise
     * @param inTime how many deliveries were answered with 200 in time
     * @param readySeconds from the end of the flood until the plugin was ready; infinite if it did not become ready
     * @param megabytes the highest resident memory
     */
    record Result(
            String flood,
            Map<Integer, Integer> answers,
            Map<Integer, Integer> statuses,
            int inTime,
            double readySeconds,
            double megabytes) {
        Result {
            answers = new TreeMap<>(answers);
            statuses = new TreeMap<>(statuses);
        }

        int deliveries() {
            return sum(statuses);
        }

        int requests() {
            return sum(answers);
        }

        /** How many deliveries of 100 were answered with 200 in time. */
        double percent() {
            return 100.0 * inTime / Math.max(1, deliveries());
        }

        private static int sum(Map<Integer, Integer> counts) {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    Result run(Flood flood, Duration time) throws IOException, InterruptedException {
        plugin.server().forgetHighestMemory();
        Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
        Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
        AtomicInteger inTime = new AtomicInteger();
        AtomicInteger opened = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        // Threads of their own for deliveries: virtual ones wait for those of the flood.
        try (ExecutorService senders = Executors.newCachedThreadPool();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int connection = 0; connection < flood.connections(); connection++) {
                threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        answers.merge(flood.send(opened.getAndIncrement(), end), 1, Integer::sum);
                    }
                    return null;
                });
            }
            for (int sent = 0; System.nanoTime() < end; sent++) {
                byte[] request = requests.get(sent % requests.size());
                senders.execute(() -> statuses.merge(deliver(request, inTime), 1, Integer::sum));
                Thread.sleep(1_000 / DELIVERIES_PER_SECOND);
            }
        }
        double ready = plugin.secondsUntilReady(READY_TIMEOUT);
        return new Result(
                flood.name(),
                answers,
                statuses,
                inTime.get(),
                ready,
                plugin.server().megabytes("VmHWM"));
    }

    /** The status of the response; 0 if there is none. */
    private int deliver(byte[] request, AtomicInteger inTime) {
        byte[] now = deliveries.sentNow(request);
        long started = System.nanoTime();
        try (Connection connection = new Connection(plugin.webhooks())) {
            int status = connection.send(now);
            if (status == 200 && System.nanoTime() - started <= TimeUnit.SECONDS.toNanos(IN_TIME.toSeconds())) {
                inTime.incrementAndGet();
            }
            return status;
        } catch (IOException lost) {
            return 0;
        }
    }
}
