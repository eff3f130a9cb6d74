// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Sends deliveries over several connections for some time. */
final class Load {

    private final URI target;
    private final Deliveries deliveries;
    private final int connections;
    private final Duration time;

    /** @param deliveries what makes requests of this moment */
    Load(URI target, Deliveries deliveries, int connections, Duration time) {
        this.target = target;
        this.deliveries = deliveries;
        this.connections = connections;
        this.time = time;
    }

    /**
     * What came of it.
     *
     * @param accepted how many were answered with 200
     * @param refused how many were answered otherwise, or not at all
     * @param seconds how long it took until the last answer
     * @param latencies of those that were accepted
     */
    record Result(long accepted, long refused, double seconds, Latencies latencies) {

        double rate() {
            return accepted / seconds;
        }
    }

    /** Each connection sends the next one when the last was answered: as many as the server can take. */
    Result most(List<byte[]> requests) throws InterruptedException {
        return run(requests, 0);
    }

    /**
     * So many each second, whether the server keeps up or not; the time counts from the moment at which a delivery should
     * have been sent, so that one that waits for a connection is not forgiven.
     */
    Result paced(List<byte[]> requests, int perSecond) throws InterruptedException {
        return run(requests, perSecond);
    }

    private Result run(List<byte[]> requests, int perSecond) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        AtomicLong accepted = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        Latencies latencies = new Latencies();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int sender = 0; sender < connections; sender++) {
                senders.execute(() -> {
                    try (Connection connection = new Connection(target)) {
                        while (true) {
                            long index = next.getAndIncrement();
                            long due = perSecond == 0
                                    ? System.nanoTime()
                                    : start + index * TimeUnit.SECONDS.toNanos(1) / perSecond;
                            if (due >= end) {
                                return;
                            }
                            waitUntil(due);
                            byte[] request = deliveries.sentNow(requests.get((int) (index % requests.size())));
                            if (connection.send(request) == 200) {
                                latencies.add(System.nanoTime() - due);
                                accepted.incrementAndGet();
                            } else {
                                refused.incrementAndGet();
                            }
                        }
                    } catch (IOException e) {
                        refused.incrementAndGet();
                    }
                });
            }
        }
        return new Result(accepted.get(), refused.get(), (System.nanoTime() - start) / 1e9, latencies);
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
