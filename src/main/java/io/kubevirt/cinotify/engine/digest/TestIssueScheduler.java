// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage.TextMessage;
import io.kubevirt.cinotify.notify.TestIssueConfig;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.outbox.OutboxWriter;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Opens, edits and closes the issues about flaky tests. As with digests, the ID of a message follows from the test and the day, so
 * that each is sent once, from any replica and after any restart.
 */
@ApplicationScoped
public class TestIssueScheduler {
    private final Store store;
    private final ConfigAgent config;
    private final Channels channels;
    private final InstantSource clock;

    public TestIssueScheduler(Store store, ConfigAgent config, Channels channels, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.channels = channels;
        this.clock = clock;
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        Config current = config.get();
        TestIssueConfig settings = current.testIssues();
        if (settings == null || channels.byName(GitHubChannel.NAME).isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<TextMessage> due = store.read(transaction -> new TestIssuePlan(
                        transaction,
                        channels.audience(GitHubChannel.NAME, settings.repository()),
                        settings,
                        current.links(),
                        now)
                .due());
        if (!due.isEmpty()) {
            store.inTransaction(transaction -> {
                OutboxWriter outbox = new OutboxWriter(channels, transaction, now);
                due.forEach(outbox::add);
                return true;
            });
        }
    }
}
