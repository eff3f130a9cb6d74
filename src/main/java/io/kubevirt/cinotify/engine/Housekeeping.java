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

/** Keeps journal, runs, messages, bumps and digests from growing for ever. Incidents stay. */
@ApplicationScoped
public class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    /** GitHub redelivers for three days; Prow keeps ProwJobs for days; a month explains any question. */
    private static final Duration RETENTION = Duration.ofDays(30);

    /** Whatever is looked back on is younger; so long a dead message can be taken up again. */
    static final Duration MESSAGE_RETENTION = Duration.ofDays(90);

    /** So many times as long as until a failure counts as new again. */
    private static final int EVIDENCE_RETENTION_FACTOR = 2;

    /** Prow keeps ended ProwJobs for two days at least (prow-contract §6): nothing comes later than that. */
    private static final Duration LATE_EVENT_RETENTION = Duration.ofDays(3);

    /** A quarter: whoever asks for a digest by hand may look back on so much. */
    private static final Duration BUMP_RETENTION = Duration.ofDays(92);

    private static final int BATCH_SIZE = 500;

    private final Store store;
    private final ConfigAgent configAgent;
    private final InstantSource clock;

    Housekeeping(Store store, ConfigAgent settings, InstantSource clock) {
        this.store = store;
        this.configAgent = settings;
        this.clock = clock;
    }

    /** Forgets what is too old. */
    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void deleteExpired() {
        Instant now = clock.instant();
        Instant limit = now.minus(RETENTION);
        int forgotten = 0;
        int part;
        do {
            part = store.inTransaction(transaction -> deleteExpired(transaction, now));
            forgotten += part;
        } while (part == BATCH_SIZE);
        store.inTransaction(transaction -> {
            transaction.eventHistory().forgetBefore(now.minus(LATE_EVENT_RETENTION));
            return true;
        });
        if (forgotten > 0) {
            LOG.infof(
                    "forgot some %d deliveries, runs, messages, bumps and digests; deliveries and runs from before %s",
                    forgotten, limit);
        }
    }

    /** A part of everything; the most of one thing that was forgotten, so that the caller knows whether there is more. */
    private int deleteExpired(Transaction transaction, Instant now) {
        Instant limit = now.minus(RETENTION);
        return IntStream.of(
                        transaction.commands().forgetBefore(limit, BATCH_SIZE),
                        transaction.deliveries().forgetDecidedBefore(limit, BATCH_SIZE),
                        transaction.forgetRunsSeenBefore(limit, BATCH_SIZE),
                        transaction
                                .evidence()
                                .forgetEndedBefore(
                                        now.minus(configAgent
                                                .get()
                                                .breadth()
                                                .forgotten()
                                                .multipliedBy(EVIDENCE_RETENTION_FACTOR)),
                                        BATCH_SIZE),
                        transaction.messages().forgetQuietSince(now.minus(MESSAGE_RETENTION), BATCH_SIZE),
                        transaction.digestLog().forgetBefore(limit, BATCH_SIZE),
                        transaction.bumps().forgetEndedBefore(now.minus(BUMP_RETENTION), BATCH_SIZE))
                .max()
                .orElse(0);
    }
}
