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

import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.StoredDelivery;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes deliveries out of the journal, in the order of what they tell of: so what comes in a heap and out of order is put
 * in order once, and decided in few transactions: a disk flushes many as quickly as one.
 */
@ApplicationScoped
public class HandleDeliveries {

    private static final Logger LOG = Logger.getLogger(HandleDeliveries.class);
    private static final int AT_ONCE = 2_000;

    /** So many in a transaction that a flush of the disk counts for little, and so few that they take little memory. */
    private static final int IN_ONE_TRANSACTION = 250;

    private static final int MOST_ATTEMPTS = 3;

    /** What was missed comes in a heap: news of it waits for later news. */
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final Store store;
    private final LiveSettings settings;
    private final IncidentDesk desk;
    private final InstantSource clock;
    private final Instant awake;
    private final Storm storm = new Storm();

    /** @param desk where it is decided */
    public HandleDeliveries(Store store, LiveSettings settings, IncidentDesk desk, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.desk = desk;
        this.clock = clock;
        this.awake = clock.instant();
    }

    /**
     * Until none waits, or the thread is interrupted, or another replica does it.
     *
     * @return after what time to come again for what is held back
     * @throws StoreUnavailable if the store fails: no delivery is to blame for that
     */
    public Optional<Duration> handleAll() {
        List<String> waiting = next();
        while (!waiting.isEmpty()) {
            List<HandleDelivery.Read> read = read(waiting);
            for (int from = 0; from < read.size(); from += IN_ONE_TRANSACTION) {
                if (!isMyTurn()) {
                    return Optional.empty();
                }
                handle(read.subList(from, Math.min(from + IN_ONE_TRANSACTION, read.size())));
            }
            waiting = next();
        }
        return storm.awaited().map(at -> Duration.between(clock.instant(), at));
    }

    private List<String> next() {
        return isMyTurn()
                ? storm.choose(
                        receivedBefore(Instant.ofEpochMilli(Long.MAX_VALUE)), this::receivedBefore, clock.instant())
                : List.of();
    }

    private List<String> receivedBefore(Instant instant) {
        return store.read(
                transaction -> transaction.deliveries().inProgressBut(CommentReader.EVENTS, instant, AT_ONCE));
    }

    /** Asked again after the reading, which may have taken longer than a lease lasts. */
    private boolean isMyTurn() {
        return !Thread.currentThread().isInterrupted() && desk.mayDecide();
    }

    private List<HandleDelivery.Read> read(List<String> waiting) {
        List<HandleDelivery.Read> read = new ArrayList<>();
        for (String id : waiting) {
            try (RunInLog lines = RunInLog.ofDelivery(id)) {
                StoredDelivery delivery =
                        store.read(transaction -> transaction.deliveries().get(id));
                HandleDelivery.Read understood = HandleDelivery.read(delivery, settings.get());
                lines.speaksOf(understood.event(), understood.reading());
                LOG.debug("read");
                read.add(understood);
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                setAside(id, e);
            }
        }
        read.sort(Comparator.comparing(HandleDelivery.Read::at).thenComparing(HandleDelivery.Read::rank));
        return read;
    }

    /** All together; if one of them breaks the program, one by one, so that it takes none of the others with it. */
    private void handle(List<HandleDelivery.Read> deliveries) {
        try {
            DiagnosisCounter.seen(decide(deliveries));
            deliveries.forEach(delivery -> RunCounter.count(delivery.door(), delivery.reading()));
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (deliveries.size() == 1) {
                setAside(deliveries.getFirst().id(), e);
            } else {
                LOG.warnf(e, "%d deliveries could not be handled together, so one by one", deliveries.size());
                deliveries.forEach(delivery -> handle(List.of(delivery)));
            }
        }
    }

    private List<Input.Ran> decide(List<HandleDelivery.Read> deliveries) {
        return desk.decide(sitting -> {
            HandleDelivery handling = new HandleDelivery(sitting);
            List<Input.Ran> inputs = new ArrayList<>();
            Map<String, String> deliveryOf = new HashMap<>();
            for (HandleDelivery.Read delivery : deliveries) {
                Optional<Input.Ran> ran = handling.handle(delivery);
                ran.ifPresent(input -> {
                    inputs.add(input);
                    deliveryOf.put(input.run().id(), delivery.id());
                });
                if (ran.isPresent() && delivery.isLate(awake, sitting.now())) {
                    sitting.settleFor(SETTLING);
                }
            }
            sitting.take(List.copyOf(inputs), deliveryOf);
            return inputs;
        });
    }

    /** A delivery that breaks the program must not stop those behind it, nor be tried for ever. */
    private void setAside(String id, Throwable failure) {
        LOG.errorf(failure, "delivery %s could not be handled", id);
        store.inTransaction(transaction -> {
            if (transaction.deliveries().attempted(id) >= MOST_ATTEMPTS) {
                transaction
                        .deliveries()
                        .failed(id, "defect", List.of("the program failed: " + failure), clock.instant());
            }
            return true;
        });
    }
}
