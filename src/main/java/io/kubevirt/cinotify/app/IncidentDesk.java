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

import io.kubevirt.cinotify.incident.policy.IncidentCore;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.settings.Settings;
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
public class IncidentDesk {

    /** Nobody asks for what is over for longer; a little more than the core's own memory of it. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private static final String DECIDING = "deciding";

    private final Store store;
    private final LiveSettings settings;
    private final Channels channels;
    private final InstantSource clock;
    private final Lease turn;
    private @Nullable IncidentCore core;
    private @Nullable Settings rules;
    private long version;
    private volatile Instant wake = Instant.MIN;
    private volatile Runnable decided = () -> {};

    /**
     * Prepares it.
     *
     * @param channels where it is said
     * @param clock by which it is decided
     */
    public IncidentDesk(Store store, LiveSettings settings, Channels channels, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.channels = channels;
        this.clock = clock;
        this.turn = store.lease(DECIDING);
    }

    private record Decided<T>(T result, DecisionCounter counter) {}

    /** Whom to wake when there may be something to say. */
    void whenDecided(Runnable listener) {
        decided = listener;
    }

    /** Whether it is this replica's turn. Two at once would do no harm, but each would begin anew after the other. */
    public boolean mayDecide() {
        return turn.take();
    }

    /** Lets another replica go on at once. */
    @PreDestroy
    void release() {
        turn.release();
    }

    /**
     * Decides, alone.
     *
     * @param work what is to be decided; must not ask this desk again
     * @throws io.kubevirt.cinotify.store.StoreUnavailable if the store fails
     */
    public synchronized <T> T decide(Function<Sitting, T> work) {
        try {
            Decided<T> result = store.inTransaction(transaction -> {
                IncidentCore deciding = wake(transaction);
                Sitting sitting =
                        new Sitting(transaction, deciding, channels, Objects.requireNonNull(rules), clock.instant());
                T found = work.apply(sitting);
                transaction.memory().keep(deciding.attention());
                return new Decided<>(found, sitting.counter());
            });
            result.counter().count();
            wake = Optional.ofNullable(core).flatMap(IncidentCore::nextWake).orElse(Instant.MAX);
            decided.run();
            return result.result();
        } catch (RuntimeException | Error e) {
            core = null;
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
        if (!clock.instant().isBefore(wake) && mayDecide()) {
            decide(sitting -> {
                sitting.tick();
                return true;
            });
        }
    }

    /** Somebody else may have decided meanwhile, or the rules may be others: then it begins with what is stored. */
    private IncidentCore wake(Transaction transaction) {
        long taken = transaction.memory().take();
        IncidentCore known = core;
        boolean stale = taken != version + 1;
        version = taken;
        Settings current = settings.get();
        if (known != null && !stale && current == rules) {
            return known;
        }
        if (known != null && !stale) {
            transaction.past().keep(known.checkpoint());
        }
        Instant after = clock.instant().minus(REMEMBERED);
        IncidentCore restored = IncidentCore.resume(
                transaction.past(),
                transaction.memory().attention(),
                transaction.incidents().cares(after),
                current.incidentRules());
        core = restored;
        rules = current;
        return restored;
    }
}
