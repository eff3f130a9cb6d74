// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.concurrent;

import io.kubevirt.cinotify.store.StoreUnavailable;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether recurring work succeeds. Only the first failure in a row is logged. */
public final class WorkStatus {
    private static final Logger LOG = Logger.getLogger(WorkStatus.class);
    private final String name;
    private volatile @Nullable Failure failure;
    private volatile boolean stopping;

    /**
     * A failure that still holds.
     *
     * @param problem for the operator
     * @param ofStore whether the store is the cause; else it is a defect
     */
    public record Failure(String problem, boolean ofStore) {}

    WorkStatus(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Runs the work on this thread; false if it fails. Its success ends the failure. */
    public boolean attempt(Runnable work) {
        boolean succeeded = attemptPart(work);
        if (succeeded) {
            recover();
        }
        return succeeded;
    }

    void recover() {
        failure = null;
    }

    /** The same for a part of the work: the success of one part does not end the failure of another. */
    boolean attemptPart(Runnable part) {
        try {
            part.run();
            return true;
        } catch (StoreUnavailable e) {
            fail(new Failure(name + ": " + e.getMessage(), true), null);
        } catch (RuntimeException e) {
            fail(new Failure(name + ": unexpected error (" + e + "), see the log", false), e);
        }
        return false;
    }

    /** What is interrupted by a shutdown is no failure, and continues after the restart. */
    void stop() {
        stopping = true;
    }

    private void fail(Failure found, @Nullable Throwable defect) {
        if (stopping) {
            LOG.debugf(defect, "stopping: %s", found.problem());
        } else {
            if (failure == null) {
                LOG.errorf(defect, "%s; retrying", found.problem());
            }
            failure = found;
        }
    }
}
