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
 * Processes the deliveries of the journal in the order in which their runs changed, many in one transaction: a burst is
 * sorted once, and the disk flushes many as quickly as one.
 */
@ApplicationScoped
public class DeliveryProcessor {

    private static final Logger LOG = Logger.getLogger(DeliveryProcessor.class);
    private static final int BATCH_SIZE = 2_000;

    /** Many enough to amortize the flush of the disk, few enough to take little memory. */
    private static final int TRANSACTION_SIZE = 250;

    private static final int MAX_ATTEMPTS = 3;

    /** After a downtime many old runs arrive at once: notifications wait until newer runs are known. */
    private static final Duration CATCH_UP_DELAY = Duration.ofSeconds(20);

    private final Store store;
    private final ConfigAgent configAgent;
    private final IncidentService service;
    private final InstantSource clock;
    private final Instant startedAt;
    private final SameSecondBatcher batcher = new SameSecondBatcher();

    public DeliveryProcessor(Store store, ConfigAgent configAgent, IncidentService service, InstantSource clock) {
        this.store = store;
        this.configAgent = configAgent;
        this.service = service;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * Processes deliveries until none waits, the thread is interrupted, or another replica leads.
     *
     * @return the time until the deliveries that the batcher delays are due
     * @throws StoreUnavailable if the store fails; that is no failure of a delivery
     */
    public Optional<Duration> processAll() {
        List<String> waiting = next();
        while (!waiting.isEmpty()) {
            List<DeliveryHandler.ParsedDelivery> parsed = parse(waiting);
            for (int from = 0; from < parsed.size(); from += TRANSACTION_SIZE) {
                if (!mayContinue()) {
                    return Optional.empty();
                }
                handle(parsed.subList(from, Math.min(from + TRANSACTION_SIZE, parsed.size())));
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

    /** Checked again after parsing, which may take longer than the lease. */
    private boolean mayContinue() {
        return !Thread.currentThread().isInterrupted() && service.isLeader();
    }

    private List<DeliveryHandler.ParsedDelivery> parse(List<String> waiting) {
        List<DeliveryHandler.ParsedDelivery> parsed = new ArrayList<>();
        for (String id : waiting) {
            try (RunLogContext context = RunLogContext.forDelivery(id)) {
                JournalEntry entry =
                        store.read(transaction -> transaction.deliveries().get(id));
                DeliveryHandler.ParsedDelivery delivery = DeliveryHandler.parse(entry, configAgent.get());
                context.setRun(delivery.event(), delivery.result());
                LOG.debug("parsed");
                parsed.add(delivery);
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                recordFailure(id, e);
            }
        }
        parsed.sort(Comparator.comparing(DeliveryHandler.ParsedDelivery::occurredAt)
                .thenComparing(DeliveryHandler.ParsedDelivery::rank));
        return parsed;
    }

    /** Handles all together; if that fails, one by one, so that only the bad one fails. */
    private void handle(List<DeliveryHandler.ParsedDelivery> deliveries) {
        try {
            PipelineMetrics.countRunDiagnoses(decide(deliveries));
            deliveries.forEach(delivery -> PipelineMetrics.countRun(delivery.source(), delivery.result()));
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (deliveries.size() == 1) {
                recordFailure(deliveries.getFirst().id(), e);
            } else {
                LOG.warnf(e, "cannot process %d deliveries together, trying one by one", deliveries.size());
                deliveries.forEach(delivery -> handle(List.of(delivery)));
            }
        }
    }

    private List<IncidentEvent.RunFinished> decide(List<DeliveryHandler.ParsedDelivery> deliveries) {
        return service.decide(unitOfWork -> {
            DeliveryHandler handler = new DeliveryHandler(unitOfWork);
            List<IncidentEvent.RunFinished> events = new ArrayList<>();
            Map<String, String> deliveryOf = new HashMap<>();
            for (DeliveryHandler.ParsedDelivery delivery : deliveries) {
                Optional<IncidentEvent.RunFinished> event = handler.handle(delivery);
                event.ifPresent(finished -> {
                    events.add(finished);
                    deliveryOf.put(finished.run().id(), delivery.id());
                });
                if (event.isPresent() && delivery.isLate(startedAt, unitOfWork.now())) {
                    unitOfWork.deferNotifications(CATCH_UP_DELAY);
                }
            }
            unitOfWork.process(List.copyOf(events), deliveryOf);
            return events;
        });
    }

    private void recordFailure(String id, Throwable failure) {
        recordFailure(store, id, failure, clock.instant());
    }

    /** Counts a failed attempt; a delivery that keeps failing is given up, so that it does not block the ones behind it. */
    public static void recordFailure(Store store, String id, Throwable failure, Instant now) {
        LOG.errorf(failure, "cannot process delivery %s", id);
        store.inTransaction(transaction -> {
            if (transaction.deliveries().attempted(id) >= MAX_ATTEMPTS) {
                transaction.deliveries().failed(id, "defect", List.of("unexpected error: " + failure), now);
            }
            return true;
        });
    }
}
