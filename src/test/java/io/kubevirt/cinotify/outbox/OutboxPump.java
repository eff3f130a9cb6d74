// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/** Sends what is due on the thread of a test. */
public final class OutboxPump {
    private final Store store;
    private final Channels channels;
    private final ConfigAgent settings;
    private final InstantSource clock;
    private final MessageSender sender;

    public OutboxPump(Store store, Channels channels, ConfigAgent settings, InstantSource clock) {
        this.store = store;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
        this.sender = new MessageSender(
                store,
                clock,
                () -> new RetryPolicy(2, Duration.ofHours(2), new Random(1)),
                new OutcomeRecorder.Reports(channels, () -> settings.get().operators()));
    }

    /** Whether there was anything to send. */
    public boolean send() {
        store.inTransaction(transaction -> {
            new RateLimiter(transaction, channels, settings.get().sending(), clock.instant()).decide();
            return true;
        });
        boolean sent = false;
        for (Channel channel : channels.channels()) {
            sent |= sender.claim(channel)
                    .map(claimed -> {
                        sender.send(channel, claimed);
                        return true;
                    })
                    .orElse(false);
        }
        return sent;
    }

    /** The details of the health check of the outbox. */
    public String health(MeterRegistry registry) {
        OutboxHealthCheck health =
                new OutboxHealthCheck(store, channels, clock, registry, new Workers(registry, Duration.ZERO));
        health.count();
        return String.valueOf(health.call().getData());
    }
}
