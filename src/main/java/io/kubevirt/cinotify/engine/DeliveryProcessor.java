// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.engine.DeliveryHandler.ParsedDelivery;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.incident.IncidentEvent.RunFinished;
import io.kubevirt.cinotify.metrics.PipelineMetrics;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Processes the deliveries of the journal in the order in which their runs changed, many in one transaction: a burst is
 * sorted once, and the disk flushes many as quickly as one.
 */
@ApplicationScoped
public class DeliveryProcessor {
    private static final Logger LOG = Logger.getLogger(DeliveryProcessor.class);
    /** More than a busy second has, few enough to be in memory together. */
    private static final int BATCH_SIZE = 4_000;
    /** Many enough to amortize the flush of the disk, few enough to take little memory. */
    private static final int TRANSACTION_SIZE = 250;

    private static final int MAX_ATTEMPTS = 3;
    /** After a downtime many old runs arrive at once: notifications wait until newer runs are known. */
    private static final Duration CATCH_UP_DELAY = Duration.ofSeconds(20);

    private final Store store;
    private final Inbox inbox;
    private final ConfigAgent configAgent;
    private final IncidentService service;
    private final InstantSource clock;
    private final Instant startedAt;
    private final SameSecondBatcher batcher = new SameSecondBatcher();

    /** All deliveries are in the journal. */
    public DeliveryProcessor(Store store, ConfigAgent configAgent, IncidentService service, InstantSource clock) {
        this(store, new Inbox.Direct(store), configAgent, service, clock);
    }

    @Inject
    public DeliveryProcessor(
            Store store, Inbox inbox, ConfigAgent configAgent, IncidentService service, InstantSource clock) {
        this.store = store;
        this.inbox = inbox;
        this.configAgent = configAgent;
        this.service = service;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** The same without a listener. */
    public Optional<Duration> processAll() {
        return processAll(() -> {});
    }

    /**
     * Processes deliveries until none waits, the thread is interrupted, or another replica leads.
     *
     * @param decided runs after each transaction: with a backlog, the end of a round may be far away
     * @return the time until the deliveries that the batcher delays are due
     * @throws StoreUnavailable if the store fails; that is no failure of a delivery
     */
    public Optional<Duration> processAll(Runnable decided) {
        List<String> waiting = next();
        while (!waiting.isEmpty()) {
            List<ParsedDelivery> parsed = parse(waiting);
            if (waiting.size() >= BATCH_SIZE) {
                parsed = withoutLastSecond(parsed);
            }
            for (int from = 0; from < parsed.size(); from += TRANSACTION_SIZE) {
                if (!mayContinue()) {
                    return Optional.empty();
                }
                handle(parsed.subList(from, Math.min(from + TRANSACTION_SIZE, parsed.size())));
                decided.run();
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

    /** Those in the journal are held ones, failed ones, and what other replicas or versions stored there. */
    private List<String> receivedBefore(Instant instant) {
        List<String> journal = store.read(
                transaction -> transaction.deliveries().inProgressExcept(CommentRelay.EVENTS, instant, BATCH_SIZE));
        List<String> arrived = inbox.waiting(CommentRelay.EVENTS, instant, BATCH_SIZE);
        return Stream.concat(journal.stream(), arrived.stream()).distinct().toList();
    }

    /** Checked again after parsing, which may take longer than the lease. */
    private boolean mayContinue() {
        return !Thread.currentThread().isInterrupted() && service.isLeader();
    }

    private List<ParsedDelivery> parse(List<String> waiting) {
        Map<String, ParsedDelivery> parsed = new LinkedHashMap<>();
        Map<String, Throwable> failed = new LinkedHashMap<>();
        store.read(
                transaction -> transaction.deliveries().forEach(waiting, entry -> parse(entry, false, parsed, failed)));
        List<String> rest = waiting.stream()
                .filter(id -> !parsed.containsKey(id) && !failed.containsKey(id))
                .toList();
        inbox.forEach(rest, entry -> parse(entry, true, parsed, failed));
        failed.forEach(this::recordFailure);
        List<ParsedDelivery> inOrder = new ArrayList<>(parsed.values());
        inOrder.sort(Comparator.comparing(ParsedDelivery::occurredAt).thenComparing(ParsedDelivery::rank));
        return inOrder;
    }

    /**
     * Of a batch that is cut, the last second is decided with its rest: each late part of a second makes the engine evaluate
     * the second again. Not if that is most of the batch, which would be parsed again and again.
     */
    static List<ParsedDelivery> withoutLastSecond(List<ParsedDelivery> inOrder) {
        Instant last =
                inOrder.isEmpty() ? Instant.MIN : inOrder.getLast().occurredAt().truncatedTo(ChronoUnit.SECONDS);
        List<ParsedDelivery> complete = inOrder.stream()
                .filter(delivery -> delivery.occurredAt().isBefore(last))
                .toList();
        return 2 * complete.size() < inOrder.size() ? inOrder : complete;
    }

    private void parse(
            JournalEntry entry, boolean inInbox, Map<String, ParsedDelivery> parsed, Map<String, Throwable> failed) {
        try (RunLogContext context = RunLogContext.forDelivery(entry.id())) {
            ParsedDelivery delivery = DeliveryHandler.parse(entry, configAgent, inInbox);
            if (LOG.isDebugEnabled()) {
                context.setRun(delivery.event(), delivery.result(), service.names());
                LOG.debug("parsed");
            }
            parsed.put(entry.id(), delivery);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            failed.put(entry.id(), e);
        }
    }

    /** Handles all together; if that fails, one by one, so that only the bad one fails. */
    private void handle(List<ParsedDelivery> deliveries) {
        try {
            PipelineMetrics.countRunDiagnoses(decide(deliveries));
            inbox.remove(ids(deliveries.stream().filter(ParsedDelivery::inInbox)));
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

    private List<RunFinished> decide(List<ParsedDelivery> deliveries) {
        return service.decide(unitOfWork -> {
            DeliveryHandler handler = new DeliveryHandler(unitOfWork);
            List<RunFinished> events = new ArrayList<>();
            Map<String, String> deliveryOf = new HashMap<>();
            unitOfWork.transaction().runs(unitOfWork.now()).load(runs(deliveries));
            for (ParsedDelivery delivery : entered(unitOfWork.transaction(), deliveries)) {
                Optional<RunFinished> event = handler.handle(delivery);
                event.ifPresent(finished -> {
                    events.add(finished);
                    deliveryOf.put(finished.run().id(), delivery.id());
                });
                if (event.isPresent() && delivery.isLate(startedAt, unitOfWork.now())) {
                    unitOfWork.deferNotifications(CATCH_UP_DELAY);
                }
            }
            unitOfWork.process(List.copyOf(events), deliveryOf);
            keepBodies(unitOfWork.transaction(), deliveries);
            return events;
        });
    }

    private static List<JobRun> runs(List<ParsedDelivery> deliveries) {
        return deliveries.stream()
                .flatMap(delivery ->
                        delivery.result() instanceof RunParseResult.Run(JobRun run) ? Stream.of(run) : Stream.empty())
                .toList();
    }

    /**
     * Enters deliveries into the journal. One that is in both was decided before a crash, or is taken from the journal. One of the
     * journal may be decided by now: after a pause this replica may lead again, behind another one.
     */
    private static List<ParsedDelivery> entered(Transaction transaction, List<ParsedDelivery> deliveries) {
        Set<String> entered = new HashSet<>(transaction
                .deliveries()
                .stillInProgress(ids(deliveries.stream().filter(delivery -> !delivery.inInbox()))));
        List<ParsedDelivery> arrived =
                deliveries.stream().filter(ParsedDelivery::inInbox).toList();
        Iterator<Boolean> isNew = transaction
                .deliveries()
                .enterAll(arrived.stream().map(ParsedDelivery::withoutBody).toList())
                .iterator();
        arrived.stream()
                .filter(delivery -> isNew.next())
                .map(ParsedDelivery::id)
                .forEach(entered::add);
        return deliveries.stream()
                .filter(delivery -> entered.contains(delivery.id()))
                .toList();
    }

    /** What waits, for example for its confirmation, may be read again. */
    private void keepBodies(Transaction transaction, List<ParsedDelivery> deliveries) {
        List<String> arrived = ids(deliveries.stream().filter(ParsedDelivery::inInbox));
        inbox.forEach(
                transaction.deliveries().undecided(arrived),
                entry -> transaction.deliveries().setBody(entry));
    }

    private static List<String> ids(Stream<ParsedDelivery> deliveries) {
        return deliveries.map(ParsedDelivery::id).toList();
    }

    private void recordFailure(String id, Throwable failure) {
        inbox.move(id);
        recordFailure(store, id, failure, clock.instant());
    }

    /** Counts a failed attempt; a delivery that keeps failing is given up, so that it does not block the ones behind it. */
    public static void recordFailure(Store store, String id, Throwable failure, Instant now) {
        LOG.errorf(failure, "cannot process delivery %s", id);
        store.inTransaction(transaction -> {
            if (transaction.deliveries().attempted(id) >= MAX_ATTEMPTS) {
                transaction
                        .deliveries()
                        .failed(id, "defect", List.of("unexpected error: " + Secrets.censor(failure.toString())), now);
            }
            return true;
        });
    }

    /** Adds the delivery, and a run that everybody may see, to each line logged by this thread, with Prow's keys. */
    static final class RunLogContext implements AutoCloseable {
        private static final String DELIVERY = "event-GUID";
        private static final String EVENT = "event-type";
        private static final String ORG = "org";
        private static final String REPO = "repo";
        private static final String PULL = "pr";
        private static final String JOB = "job";

        private RunLogContext() {}

        static RunLogContext forDelivery(String id) {
            MDC.put(DELIVERY, id);
            return new RunLogContext();
        }

        void setRun(String event, RunParseResult result, PublicNames names) {
            MDC.put(EVENT, event);
            if (result instanceof RunParseResult.Run(JobRun run) && names.isPublic(run)) {
                MDC.put(JOB, run.job());
                if (run.repository() != null) {
                    MDC.put(ORG, run.repository().org());
                    MDC.put(REPO, run.repository().name());
                }
                if (run.pulls().size() == 1) {
                    MDC.put(PULL, Integer.toString(run.pulls().getFirst().number()));
                }
            }
        }

        @Override
        public void close() {
            List.of(DELIVERY, EVENT, ORG, REPO, PULL, JOB).forEach(MDC::remove);
        }
    }

    /**
     * Delays a burst of deliveries until the second is over, and then processes the deliveries of one second together. GitHub
     * reports whole seconds, and a delivery that arrives after others of its second makes the engine evaluate them again. Not
     * thread-safe.
     */
    static final class SameSecondBatcher {
        /** Fewer deliveries are processed at once. */
        static final int MIN_BATCH = 100;

        /** The time until the deliveries of a second are on disk. */
        static final Duration SETTLE_TIME = Duration.ofMillis(100);

        private @Nullable Instant nextBatchAt;

        List<String> choose(List<String> waiting, Function<Instant, List<String>> before, Instant now) {
            if (waiting.size() < MIN_BATCH) {
                nextBatchAt = null;
                return waiting;
            }
            if (nextBatchAt != null && now.isBefore(nextBatchAt)) {
                return List.of();
            }
            Instant second = now.minus(SETTLE_TIME).truncatedTo(ChronoUnit.SECONDS);
            List<String> complete = before.apply(second);
            if (!complete.isEmpty()) {
                nextBatchAt = null;
                return complete;
            }
            if (nextBatchAt != null) {
                // Nothing is older although the batch waited: a replica whose clock is ahead received it.
                nextBatchAt = null;
                return waiting;
            }
            nextBatchAt = second.plusSeconds(1).plus(SETTLE_TIME);
            return List.of();
        }

        Optional<Instant> nextBatchAt() {
            return Optional.ofNullable(nextBatchAt);
        }
    }
}
