// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Deletes expired rows of all tables. Incidents stay. */
@ApplicationScoped
public class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    /** GitHub redelivers for three days, Prow keeps ProwJobs for days; a month helps to answer questions. */
    private static final Duration RETENTION = Duration.ofDays(30);

    /** Longer than any digest looks back. Until then a dead-lettered message can be retried. */
    static final Duration MESSAGE_RETENTION = Duration.ofDays(90);
    /** As a multiple of the time after which a failure counts as new. */
    private static final int EVIDENCE_RETENTION_FACTOR = 2;
    /** Prow keeps ended ProwJobs for at least two days (prow-contract §6); no event is later than that. */
    private static final Duration LATE_EVENT_RETENTION = Duration.ofDays(3);
    /** A quarter: a digest on request may look back that far. */
    private static final Duration BUMP_RETENTION = Duration.ofDays(92);

    /** More than a year, to compare with the same season. */
    private static final Duration TIMELINE_RETENTION = Duration.ofDays(400);

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
        Instant limit = now.minus(RETENTION);
        int deleted = 0;
        int batch;
        do {
            batch = store.inTransaction(transaction -> deleteExpired(transaction, now));
            deleted += batch;
        } while (batch == BATCH_SIZE);
        store.inTransaction(transaction -> {
            transaction.eventHistory().forgetBefore(now.minus(LATE_EVENT_RETENTION));
            return true;
        });
        if (deleted > 0) {
            LOG.infof(
                    "retention: deleted about %d deliveries, runs, messages, bumps and digests; deliveries and runs"
                            + " before %s",
                    deleted, limit);
        }
    }

    /** Deletes one batch of each kind; returns the size of the largest, so that the caller knows whether there is more. */
    private int deleteExpired(Transaction transaction, Instant now) {
        Instant limit = now.minus(RETENTION);
        return IntStream.of(
                        transaction.commands().forgetBefore(limit, BATCH_SIZE),
                        transaction.deliveries().forgetDecidedBefore(limit, BATCH_SIZE),
                        transaction.forgetRunsSeenBefore(limit, BATCH_SIZE),
                        transaction.runOutcomes(now).forgetEndedBefore(limit, BATCH_SIZE),
                        transaction.dayCounts().forgetBefore(now.minus(TIMELINE_RETENTION), BATCH_SIZE),
                        transaction.incidentEvents().forgetBefore(now.minus(TIMELINE_RETENTION), BATCH_SIZE),
                        transaction
                                .evidence()
                                .forgetEndedBefore(
                                        now.minus(configAgent
                                                .get()
                                                .breadth()
                                                .newAfter()
                                                .multipliedBy(EVIDENCE_RETENTION_FACTOR)),
                                        BATCH_SIZE),
                        transaction.messages().forgetUnchangedSince(now.minus(MESSAGE_RETENTION), BATCH_SIZE),
                        transaction.messages().forgetDigestsBefore(limit, BATCH_SIZE),
                        transaction.bumps().forgetEndedBefore(now.minus(BUMP_RETENTION), BATCH_SIZE))
                .max()
                .orElse(0);
    }
}
