// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** Prow's state of a run (prow-contract §6, {@code status.state}). */
public enum JobState {
    /** Waits for Prow's scheduler. */
    SCHEDULING,
    /** Created, no pod yet. */
    TRIGGERED,
    /** Has a pod. */
    PENDING,
    SUCCESS,
    /** Its pod failed: a test, the script, the clone, a timeout. */
    FAILURE,
    /** Stopped by a user, a new push or a time limit; does not count as a failure. */
    ABORTED,
    /** Prow or the cluster could not run it. */
    ERROR;

    public static Optional<JobState> named(String name) {
        for (JobState state : values()) {
            if (state.prowName().equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Whether Prow does not change this state any more. */
    public boolean isFinal() {
        return switch (this) {
            case SUCCESS, FAILURE, ABORTED, ERROR -> true;
            case SCHEDULING, TRIGGERED, PENDING -> false;
        };
    }

    public boolean isRed() {
        return this == FAILURE || this == ERROR;
    }

    @JsonValue
    public String prowName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
