// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.metrics.PipelineMetrics;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
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
public class DeliveryProcessor {

    private static final Logger LOG = Logger.getLogger(DeliveryProcessor.class);
    private static final int BATCH_SIZE = 2_000;

    /** So many in a transaction that a flush of the disk counts for little, and so few that they take little memory. */
    private static final int TRANSACTION_SIZE = 250;

    private static final int MAX_ATTEMPTS = 3;

    /** What was missed comes in a heap: news of it waits for later news. */
    private static final Duration CATCH_UP_DELAY = Duration.ofSeconds(20);

    private final Store store;
    private final ConfigAgent configAgent;
    private final IncidentService service;
    private final InstantSource clock;
    private final Instant startedAt;
    private final SameSecondBatcher batcher = new SameSecondBatcher();

    /** @param desk where it is decided */
    public DeliveryProcessor(Store store, ConfigAgent settings, IncidentService desk, InstantSource clock) {
        this.store = store;
        this.configAgent = settings;
        this.service = desk;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * Until none waits, or the thread is interrupted, or another replica does it.
     *
     * @return after what time to come again for what is held back
     * @throws StoreUnavailable if the store fails: no delivery is to blame for that
     */
    public Optional<Duration> processAll() {
        List<String> waiting = next();
        while (!waiting.isEmpty()) {
            List<DeliveryHandler.ParsedDelivery> read = read(waiting);
            for (int from = 0; from < read.size(); from += TRANSACTION_SIZE) {
                if (!mayContinue()) {
                    return Optional.empty();
                }
                handle(read.subList(from, Math.min(from + TRANSACTION_SIZE, read.size())));
            }
            waiting = next();
        }
        return batcher.nextBatchAt().map(at -> Duration.between(clock.instant(), at));
    }

    private List<String> next() {
        return mayContinue()
                ? batcher.choose(
                        receivedBefore(Instant.ofEpochMilli(Long.MAX_VALUE)), this::receivedBefore, clock.instant())
                : List.of();
    }

    private List<String> receivedBefore(Instant instant) {
        return store.read(
                transaction -> transaction.deliveries().inProgressExcept(CommentReader.EVENTS, instant, BATCH_SIZE));
    }

    /** Asked again after the reading, which may have taken longer than a lease lasts. */
    private boolean mayContinue() {
        return !Thread.currentThread().isInterrupted() && service.isLeader();
    }

    private List<DeliveryHandler.ParsedDelivery> read(List<String> waiting) {
        List<DeliveryHandler.ParsedDelivery> read = new ArrayList<>();
        for (String id : waiting) {
            try (RunLogContext lines = RunLogContext.forDelivery(id)) {
                JournalEntry delivery =
                        store.read(transaction -> transaction.deliveries().get(id));
                DeliveryHandler.ParsedDelivery understood = DeliveryHandler.parse(delivery, configAgent.get());
                lines.setRun(understood.event(), understood.reading());
                LOG.debug("read");
                read.add(understood);
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                recordFailure(id, e);
            }
        }
        read.sort(Comparator.comparing(DeliveryHandler.ParsedDelivery::occurredAt)
                .thenComparing(DeliveryHandler.ParsedDelivery::rank));
        return read;
    }

    /** All together; if one of them breaks the program, one by one, so that it takes none of the others with it. */
    private void handle(List<DeliveryHandler.ParsedDelivery> deliveries) {
        try {
            PipelineMetrics.countRunDiagnoses(decide(deliveries));
            deliveries.forEach(delivery -> PipelineMetrics.countRun(delivery.source(), delivery.reading()));
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (deliveries.size() == 1) {
                recordFailure(deliveries.getFirst().id(), e);
            } else {
                LOG.warnf(e, "%d deliveries could not be handled together, so one by one", deliveries.size());
                deliveries.forEach(delivery -> handle(List.of(delivery)));
            }
        }
    }

    private List<IncidentEvent.RunFinished> decide(List<DeliveryHandler.ParsedDelivery> deliveries) {
        return service.decide(sitting -> {
            DeliveryHandler handling = new DeliveryHandler(sitting);
            List<IncidentEvent.RunFinished> inputs = new ArrayList<>();
            Map<String, String> deliveryOf = new HashMap<>();
            for (DeliveryHandler.ParsedDelivery delivery : deliveries) {
                Optional<IncidentEvent.RunFinished> ran = handling.handle(delivery);
                ran.ifPresent(input -> {
                    inputs.add(input);
                    deliveryOf.put(input.run().id(), delivery.id());
                });
                if (ran.isPresent() && delivery.isLate(startedAt, sitting.now())) {
                    sitting.deferNotifications(CATCH_UP_DELAY);
                }
            }
            sitting.process(List.copyOf(inputs), deliveryOf);
            return inputs;
        });
    }

    private void recordFailure(String id, Throwable failure) {
        recordFailure(store, id, failure, clock.instant());
    }

    /** Counts a failed attempt; a delivery that keeps failing is given up, so that it does not block the ones behind it. */
    public static void recordFailure(Store store, String id, Throwable failure, Instant now) {
        LOG.errorf(failure, "delivery %s could not be handled", id);
        store.inTransaction(transaction -> {
            if (transaction.deliveries().attempted(id) >= MAX_ATTEMPTS) {
                transaction.deliveries().failed(id, "defect", List.of("the program failed: " + failure), now);
            }
            return true;
        });
    }
}
