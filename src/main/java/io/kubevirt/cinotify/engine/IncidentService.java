// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.metrics.PipelineMetrics.DecisionMetrics;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.store.Lease;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.Transaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes all decisions about incidents. A decision, its events and its messages go into the store in one transaction; after a
 * failure the engine is restored from the store.
 */
@ApplicationScoped
public class IncidentService {
    /** How long response states are restored after the end of an incident; a little longer than the engine remembers. */
    private static final Duration RESPONSE_RETENTION = Duration.ofDays(7);

    private static final String LEASE_NAME = "decide";
    private static final Logger LOG = Logger.getLogger(IncidentService.class);
    private final Store store;
    private final ConfigAgent configAgent;
    private final Channels channels;
    private final InstantSource clock;
    private final Lease lease;
    private @Nullable IncidentEngine engine;
    private @Nullable Config configInUse;
    private long version;
    private volatile Instant wake = Instant.MIN;
    private volatile Runnable decisionListener = () -> {};

    public IncidentService(Store store, ConfigAgent configAgent, Channels channels, InstantSource clock) {
        this.store = store;
        this.configAgent = configAgent;
        this.channels = channels;
        this.clock = clock;
        this.lease = store.lease(LEASE_NAME);
    }

    private record DecisionResult<T>(T result, DecisionMetrics metrics) {}

    /** What the log may name. */
    public PublicNames names() {
        return new PublicNames(store, configAgent::get);
    }

    void onDecision(Runnable listener) {
        decisionListener = listener;
    }

    /** Whether this replica holds the lease. Two leaders would do no harm, but each would restore its engine after the other. */
    public boolean isLeader() {
        return lease.acquire();
    }

    /** Lets another replica take over at once. */
    @PreDestroy
    void releaseLease() {
        try {
            lease.release();
        } catch (StoreUnavailable e) {
            LOG.debugf("the lease expires by itself: %s", e.getMessage());
        }
    }

    /**
     * Runs a decision exclusively.
     *
     * @param work the decision; must not call this service
     * @throws StoreUnavailable if the store fails
     */
    public synchronized <T> T decide(Function<IncidentUnitOfWork, T> work) {
        try {
            DecisionResult<T> result = store.inTransaction(transaction -> {
                IncidentEngine current = engine(transaction);
                IncidentUnitOfWork unitOfWork = new IncidentUnitOfWork(
                        transaction, current, channels, Objects.requireNonNull(configInUse), clock.instant());
                T answer = work.apply(unitOfWork);
                transaction.engineState().save(current.notifierState());
                return new DecisionResult<>(answer, unitOfWork.metrics());
            });
            result.metrics().publish();
            wake = Optional.ofNullable(engine).flatMap(IncidentEngine::nextWake).orElse(Instant.MAX);
            decisionListener.run();
            return result.result();
        } catch (RuntimeException | Error e) {
            engine = null;
            wake = Instant.MIN;
            throw e;
        }
    }

    /**
     * Performs the action of a person.
     *
     * @return why nothing was changed, in plain text; empty if the action was performed
     * @throws StoreUnavailable if the store fails
     */
    public Optional<String> perform(IncidentAction action) {
        return decide(unitOfWork -> {
            BoardActionLog log = new BoardActionLog(unitOfWork, clock.instant());
            return log.refusal(action.by()).or(() -> {
                log.add(BoardActionLog.verb(action), action.incident(), action.by());
                return unitOfWork.incidentActions().apply(action);
            });
        });
    }

    /**
     * Stores a person's report that a diagnosis is wrong.
     *
     * @return why it was not stored, in plain text; empty if it was
     * @throws StoreUnavailable if the store fails
     */
    public Optional<String> add(DiagnosisFeedback feedback) {
        return decide(unitOfWork -> {
            BoardActionLog log = new BoardActionLog(unitOfWork, clock.instant());
            Optional<String> refusal = log.refusal(feedback.person());
            if (refusal.isEmpty()) {
                log.add(feedback.kind().value(), feedback.incident(), feedback.person());
                unitOfWork.incidentActions().add(feedback);
            }
            return refusal;
        });
    }

    public Instant nextWake() {
        return wake;
    }

    public void tick() {
        if (!clock.instant().isBefore(wake) && isLeader()) {
            decide(unitOfWork -> {
                unitOfWork.tick();
                return true;
            });
        }
    }

    /** The engine; restored from the store if another replica decided meanwhile or the configuration changed. */
    private IncidentEngine engine(Transaction transaction) {
        long next = transaction.engineState().lock();
        IncidentEngine known = engine;
        boolean stale = next != version + 1;
        version = next;
        Config current = configAgent.get();
        if (known != null && !stale && current == configInUse) {
            return known;
        }
        if (known != null && !stale) {
            transaction.eventHistory().saveCheckpoint(known.checkpoint());
        }
        Instant after = clock.instant().minus(RESPONSE_RETENTION);
        IncidentEngine restored = IncidentEngine.resume(
                transaction.eventHistory(),
                transaction.engineState().notifierState(),
                transaction.incidents().responseStates(after),
                current.incidentRules());
        engine = restored;
        configInUse = current;
        return restored;
    }
}
