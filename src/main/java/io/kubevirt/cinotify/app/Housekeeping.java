/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app;

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
    private static final Duration KEPT = Duration.ofDays(30);

    /** Whatever is looked back on is younger; so long a dead message can be taken up again. */
    static final Duration MESSAGES_KEPT = Duration.ofDays(90);

    /** So many times as long as until a failure counts as new again. */
    private static final int EVIDENCE_KEPT = 2;

    /** Prow keeps ended ProwJobs for two days at least (prow-contract §6): nothing comes later than that. */
    private static final Duration LATE = Duration.ofDays(3);

    /** A quarter: whoever asks for a digest by hand may look back on so much. */
    private static final Duration BUMPS_KEPT = Duration.ofDays(92);

    private static final int AT_ONCE = 500;

    private final Store store;
    private final LiveSettings settings;
    private final InstantSource clock;

    Housekeeping(Store store, LiveSettings settings, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** Forgets what is too old. */
    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void forget() {
        Instant now = clock.instant();
        Instant limit = now.minus(KEPT);
        int forgotten = 0;
        int part;
        do {
            part = store.inTransaction(transaction -> forget(transaction, now));
            forgotten += part;
        } while (part == AT_ONCE);
        store.inTransaction(transaction -> {
            transaction.past().forgetBefore(now.minus(LATE));
            return true;
        });
        if (forgotten > 0) {
            LOG.infof(
                    "forgot some %d deliveries, runs, messages, bumps and digests; deliveries and runs from before %s",
                    forgotten, limit);
        }
    }

    /** A part of everything; the most of one thing that was forgotten, so that the caller knows whether there is more. */
    private int forget(Transaction transaction, Instant now) {
        Instant limit = now.minus(KEPT);
        return IntStream.of(
                        transaction.commands().forgetBefore(limit, AT_ONCE),
                        transaction.deliveries().forgetDecidedBefore(limit, AT_ONCE),
                        transaction.forgetRunsSeenBefore(limit, AT_ONCE),
                        transaction
                                .evidence()
                                .forgetEndedBefore(
                                        now.minus(settings.get()
                                                .breadth()
                                                .forgotten()
                                                .multipliedBy(EVIDENCE_KEPT)),
                                        AT_ONCE),
                        transaction.contents().forgetQuietSince(now.minus(MESSAGES_KEPT), AT_ONCE),
                        transaction.digestLetters().forgetBefore(limit, AT_ONCE),
                        transaction.bumps().forgetEndedBefore(now.minus(BUMPS_KEPT), AT_ONCE))
                .max()
                .orElse(0);
    }
}
