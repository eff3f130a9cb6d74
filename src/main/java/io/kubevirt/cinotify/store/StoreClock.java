// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * The time that all processes on a store share, so that each can compare what another one stored with its own time: on PostgreSQL
 * the server's, otherwise this machine's.
 */
public final class StoreClock implements InstantSource {
    private static final Logger LOG = Logger.getLogger(StoreClock.class);

    /** A slower answer says too little: the process may have been paused. */
    private static final Duration MAX_UNCERTAINTY = Duration.ofSeconds(1);

    private static final Duration PRECISION = Duration.ofMillis(10);

    private final InstantSource local;
    private final Store store;
    private volatile Duration offset = Duration.ZERO;

    public StoreClock(InstantSource local, Store store) {
        this.local = local;
        this.store = store;
    }

    @Override
    public Instant instant() {
        return local.instant().plus(offset);
    }

    /**
     * Measures how far this machine's clock differs. Call at the start and each second. While the database is unavailable the last
     * measurement stays: nothing is decided or sent then.
     */
    public void synchronize() {
        Instant asked = local.instant();
        try {
            store.serverTime().ifPresent(time -> adjust(asked, time, local.instant()));
        } catch (StoreUnavailable e) {
            LOG.debugf("the clock keeps its offset: %s", e.getMessage());
        }
    }

    /**
     * An answer proves no more than that the server's time was between question and answer: within that, the offset stays.
     *
     * @param asked of this machine's clock
     * @param answered of this machine's clock
     */
    void adjust(Instant asked, Instant server, Instant answered) {
        Duration uncertainty = Duration.between(asked, answered);
        if (uncertainty.isNegative() || uncertainty.compareTo(MAX_UNCERTAINTY) > 0) {
            return;
        }
        Duration measured = Duration.between(asked.plus(uncertainty.dividedBy(2)), server);
        Duration change = measured.minus(offset).abs();
        if (change.compareTo(uncertainty.plus(PRECISION)) <= 0) {
            return;
        }
        Duration before = offset;
        offset = Duration.ofMillis(measured.toMillis());
        if (change.compareTo(MAX_UNCERTAINTY) > 0) {
            LOG.warnf(
                    "this machine's clock differs from the database server's by %d ms, before by %d ms: using the server's time",
                    -offset.toMillis(), -before.toMillis());
        }
    }
}
