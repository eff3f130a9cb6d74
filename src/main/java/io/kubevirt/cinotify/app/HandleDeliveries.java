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

import io.kubevirt.cinotify.prow.RunReading;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Lease;
import io.kubevirt.cinotify.store.LeaseLost;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.StoredDelivery;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Takes deliveries out of the journal: what is decided and that it was decided go together in one transaction. */
@ApplicationScoped
public class HandleDeliveries {

    private static final Logger LOG = Logger.getLogger(HandleDeliveries.class);
    private static final int AT_ONCE = 48;
    private static final int TOGETHER = 8;
    private static final long MOST_BYTES = 1 << 20;

    /** What is decided follows from what was decided before, so that one replica at a time decides. */
    static final String DECIDING = "deciding";

    private static final int MOST_ATTEMPTS = 3;

    private final Store store;
    private final LiveSettings settings;
    private final InstantSource clock;
    private final Instant awake;
    private final Lease deciding;

    HandleDeliveries(Store store, LiveSettings settings, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.awake = clock.instant();
        this.deciding = store.lease(DECIDING);
    }

    /**
     * Until none waits, or the thread is interrupted, or another replica does it.
     *
     * @throws StoreUnavailable if the store fails: no delivery is to blame for that
     */
    public void handleAll() {
        while (handleSome()) {
            LOG.trace("more deliveries may wait");
        }
    }

    /**
     * The oldest ones, so that what was decided about them need not wait for all that came after.
     *
     * @return whether more may wait
     * @throws StoreUnavailable if the store fails
     */
    public boolean handleSome() {
        if (!deciding.take()) {
            return false;
        }
        try {
            List<String> waiting =
                    store.read(transaction -> transaction.deliveries().inProgress(AT_ONCE));
            handle(waiting);
            return !waiting.isEmpty() && !Thread.currentThread().isInterrupted();
        } catch (LeaseLost e) {
            LOG.infof("this one was too slow: %s", e.getMessage());
            return false;
        }
    }

    /** Lets another replica go on at once. */
    @PreDestroy
    void release() {
        deciding.release();
    }

    /** A delivery and what it tells. */
    private record Understood(StoredDelivery delivery, RunReading reading) {}

    /** Some at a time: a disk flushes several as quickly as one, and those who bring new ones wait for their turn. */
    private void handle(List<String> ids) {
        Settings current = settings.get();
        List<Understood> part = new ArrayList<>();
        long bytes = 0;
        for (String id : ids) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            StoredDelivery delivery =
                    store.read(transaction -> transaction.deliveries().get(id));
            bytes += delivery.body().length;
            understand(delivery, current).ifPresent(part::add);
            if (part.size() == TOGETHER || bytes > MOST_BYTES) {
                decide(part, current);
                part.clear();
                bytes = 0;
            }
        }
        decide(part, current);
    }

    private Optional<Understood> understand(StoredDelivery delivery, Settings current) {
        try (RunInLog lines = RunInLog.ofDelivery(delivery.id())) {
            RunReading reading = HandleDelivery.read(delivery, current);
            lines.speaksOf(delivery.event(), reading);
            LOG.debug("read");
            return Optional.of(new Understood(delivery, reading));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            setAside(delivery.id(), e);
            return Optional.empty();
        }
    }

    private void decide(List<Understood> part, Settings current) {
        if (part.isEmpty()) {
            return;
        }
        try {
            store.inTransaction(transaction -> {
                deciding.confirm(transaction);
                part.forEach(each -> new HandleDelivery(current, transaction, awake, clock.instant())
                        .handle(each.delivery(), each.reading()));
                return true;
            });
            part.forEach(each -> RunCounter.count(each.delivery().event(), each.reading()));
        } catch (StoreUnavailable | LeaseLost e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (part.size() == 1) {
                setAside(part.getFirst().delivery().id(), e);
            } else {
                part.forEach(each -> decide(List.of(each), current));
            }
        }
    }

    /** A delivery that breaks the program must not stop those behind it, nor be tried for ever. */
    private void setAside(String id, Throwable failure) {
        LOG.errorf(failure, "delivery %s could not be handled", id);
        store.inTransaction(transaction -> {
            deciding.confirm(transaction);
            if (transaction.deliveries().attempted(id) >= MOST_ATTEMPTS) {
                transaction
                        .deliveries()
                        .failed(id, "defect", List.of("the program failed: " + failure), clock.instant());
            }
            return true;
        });
    }
}
