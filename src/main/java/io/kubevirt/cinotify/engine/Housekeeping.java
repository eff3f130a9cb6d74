// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.RetentionConfig;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Deletes expired rows of all tables, in bounded batches. */
@ApplicationScoped
public class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    /** As a multiple of the time after which a failure counts as new. */
    private static final int EVIDENCE_RETENTION_FACTOR = 2;
    /** Prow keeps ended ProwJobs for at least two days (prow-contract §6); no event is later than that. */
    private static final Duration LATE_EVENT_RETENTION = Duration.ofDays(3);
    /** A quarter: a digest on request may look back that far. */
    private static final Duration BUMP_RETENTION = Duration.ofDays(92);

    private static final int BATCH_SIZE = 500;
    private final Store store;
    private final ConfigAgent configAgent;
    private final InstantSource clock;

    Housekeeping(Store store, ConfigAgent configAgent, InstantSource clock) {
        this.store = store;
        this.configAgent = configAgent;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void deleteExpired() {
        Instant now = clock.instant();
        RetentionConfig days = configAgent.get().file().retention();
        int deleted = 0;
        int batch;
        do {
            batch = store.inTransaction(transaction -> deleteExpired(transaction, days, now));
            deleted += batch;
        } while (batch == BATCH_SIZE);
        store.inTransaction(transaction -> {
            transaction.eventHistory().forgetBefore(now.minus(LATE_EVENT_RETENTION));
            return true;
        });
        if (deleted > 0) {
            LOG.infof("retention: deleted about %d rows; runs before %s", deleted, daysAgo(days.runs(), now));
        }
    }

    private static Instant daysAgo(int days, Instant now) {
        return now.minus(Duration.ofDays(days));
    }

    /** Deletes one batch of each kind; returns the size of the largest, so that the caller knows whether there is more. */
    private int deleteExpired(Transaction transaction, RetentionConfig days, Instant now) {
        Instant runs = daysAgo(days.runs(), now);
        Instant incidents = daysAgo(days.incidents(), now);
        Instant evidence = now.minus(configAgent.get().breadth().newAfter().multipliedBy(EVIDENCE_RETENTION_FACTOR));
        return IntStream.of(
                        transaction.commands().forgetBefore(runs, BATCH_SIZE),
                        transaction.deliveries().forgetDecidedBefore(runs, BATCH_SIZE),
                        transaction.forgetRunsSeenBefore(runs, BATCH_SIZE),
                        transaction.runOutcomes(now).forgetEndedBefore(daysAgo(days.outcomes(), now), BATCH_SIZE),
                        transaction.dayCounts().forgetBefore(daysAgo(days.counts(), now), BATCH_SIZE),
                        transaction.tests().forgetBefore(daysAgo(days.tests(), now), BATCH_SIZE),
                        transaction.incidentEvents().forgetBefore(incidents, BATCH_SIZE),
                        transaction.incidents().forgetClosedBefore(incidents, BATCH_SIZE),
                        transaction.merges().forgetBefore(runs, BATCH_SIZE),
                        transaction.laneDefinitions().forgetBefore(runs, BATCH_SIZE),
                        transaction.evidence().forgetEndedBefore(evidence, BATCH_SIZE),
                        transaction.messages().forgetUnchangedSince(daysAgo(days.messages(), now), BATCH_SIZE),
                        transaction.messages().forgetDigestsBefore(runs, BATCH_SIZE),
                        transaction.bumps().forgetEndedBefore(now.minus(BUMP_RETENTION), BATCH_SIZE))
                .max()
                .orElse(0);
    }
}
