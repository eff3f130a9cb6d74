// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.metrics.DecisionMetrics;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.store.Lease;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one place where it is decided what is said. What is decided, what it follows from and what is to be said go into the
 * store in one transaction; whatever fails is forgotten, and the next decision begins with what the store has.
 */
@ApplicationScoped
public class IncidentService {

    /** Nobody asks for what is over for longer; a little more than the core's own memory of it. */
    private static final Duration RESPONSE_RETENTION = Duration.ofDays(7);

    private static final String LEASE_NAME = "decide";

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

    /**
     * Prepares it.
     *
     * @param channels where it is said
     * @param clock by which it is decided
     */
    public IncidentService(Store store, ConfigAgent settings, Channels channels, InstantSource clock) {
        this.store = store;
        this.configAgent = settings;
        this.channels = channels;
        this.clock = clock;
        this.lease = store.lease(LEASE_NAME);
    }

    private record DecisionResult<T>(T result, DecisionMetrics metrics) {}

    /** Whom to wake when there may be something to say. */
    void onDecision(Runnable listener) {
        decisionListener = listener;
    }

    /** Whether it is this replica's turn. Two at once would do no harm, but each would begin anew after the other. */
    public boolean isLeader() {
        return lease.acquire();
    }

    /** Lets another replica go on at once. */
    @PreDestroy
    void releaseLease() {
        lease.release();
    }

    /**
     * Decides, alone.
     *
     * @param work what is to be decided; must not ask this desk again
     * @throws io.kubevirt.cinotify.store.StoreUnavailable if the store fails
     */
    public synchronized <T> T decide(Function<IncidentUnitOfWork, T> work) {
        try {
            DecisionResult<T> result = store.inTransaction(transaction -> {
                IncidentEngine deciding = wake(transaction);
                IncidentUnitOfWork sitting = new IncidentUnitOfWork(
                        transaction, deciding, channels, Objects.requireNonNull(configInUse), clock.instant());
                T found = work.apply(sitting);
                transaction.engineState().save(deciding.notifierState());
                return new DecisionResult<>(found, sitting.metrics());
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

    /** When {@link #tick} has something to do next. */
    public Instant nextWake() {
        return wake;
    }

    /** Does what has become due. */
    public void tick() {
        if (!clock.instant().isBefore(wake) && isLeader()) {
            decide(sitting -> {
                sitting.tick();
                return true;
            });
        }
    }

    /** Somebody else may have decided meanwhile, or the rules may be others: then it begins with what is stored. */
    private IncidentEngine wake(Transaction transaction) {
        long taken = transaction.engineState().lock();
        IncidentEngine known = engine;
        boolean stale = taken != version + 1;
        version = taken;
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
