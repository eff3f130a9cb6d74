// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import io.kubevirt.cinotify.fixture.Dispatch;
import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hook under load. The runs of a lane are sequential, as in Prow. Rejected deliveries are sent again until accepted; accepted
 * ones are sometimes repeated, with the same id or a new one.
 */
final class Load {

    private static final int SENDERS = 3;

    /** The mean time between two deliveries of a sender, in milliseconds: Slack takes one message a second. */
    private static final int PAUSE = 400;

    private static final int BEGUN_AT_ONCE = 30;

    private final ProwHook hook = ProwHook.signingWith(PluginProcess.KEY, Load::impatient);
    private final List<URI> targets;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Lane> busy = new ArrayList<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<WebhookDelivery> past = new ConcurrentLinkedQueue<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final List<Thread> senders = new ArrayList<>();
    private final int first;
    private final long seed;
    private final Random lanesRandom;
    private volatile boolean over;

    /** @param first the number of its first lane */
    Load(List<URI> targets, int first, long seed) {
        this.targets = targets;
        this.first = first;
        this.seed = seed;
        this.lanesRandom = new Random(seed);
    }

    void start() {
        for (int sender = 0; sender < SENDERS; sender++) {
            Random random = new Random(seed * 31 + sender);
            senders.add(Thread.ofVirtual().start(() -> send(random)));
        }
    }

    /** Ends once everything that was begun has been taken. */
    void finish() throws InterruptedException {
        over = true;
        for (Thread sender : senders) {
            sender.join();
        }
    }

    Set<String> accepted() {
        return accepted;
    }

    int repeated() {
        return repeated.get();
    }

    /** The number that comes after its last lane. */
    int end() {
        return first + lanes.size();
    }

    /** Those of which anything was taken. */
    List<Lane> lanes() {
        return lanes.stream().filter(Lane::hasBegun).toList();
    }

    private void send(Random random) {
        try {
            while (!over) {
                Lane lane = borrow(random);
                deliver(lane.next(), random);
                lane.accepted();
                release(lane);
                if (random.nextInt(4) == 0) {
                    repeat(random);
                }
                Thread.sleep(1 + random.nextInt(2 * PAUSE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(byte[] body, Random random) throws InterruptedException {
        WebhookDelivery delivery =
                WebhookDelivery.signed(UUID.randomUUID().toString(), "status", body, PluginProcess.KEY);
        while (!post(delivery, random).succeeded()) {
            Thread.sleep(20);
        }
        accepted.add(delivery.id());
        past.add(delivery);
        if (past.size() > BEGUN_AT_ONCE) {
            past.poll();
        }
    }

    /** Nobody minds whether it is taken. */
    private void repeat(Random random) {
        WebhookDelivery delivery = past.peek();
        if (delivery != null) {
            WebhookDelivery again = random.nextBoolean()
                    ? delivery
                    : WebhookDelivery.signed(
                            UUID.randomUUID().toString(), "status", delivery.body(), PluginProcess.KEY);
            if (post(again, random).succeeded()) {
                accepted.add(again.id());
                repeated.incrementAndGet();
            }
        }
    }

    private Dispatch post(WebhookDelivery delivery, Random random) {
        return hook.dispatch(targets.get(random.nextInt(targets.size())), delivery);
    }

    /** Hook waits up to a second and a half, in which a plugin of this harness lives and dies. */
    private static void impatient(Duration pause) throws InterruptedException {
        Thread.sleep(Math.min(pause.toMillis(), 100));
    }

    private synchronized Lane borrow(Random random) {
        if (busy.isEmpty() || (busy.size() < BEGUN_AT_ONCE && random.nextInt(3) == 0)) {
            Lane lane = new Lane(first + lanes.size(), lanesRandom);
            lanes.add(lane);
            return lane;
        }
        return busy.remove(random.nextInt(busy.size()));
    }

    private synchronized void release(Lane lane) {
        if (lane.hasMore()) {
            busy.add(lane);
        }
    }
}
