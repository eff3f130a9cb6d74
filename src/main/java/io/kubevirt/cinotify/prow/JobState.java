// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** Where a run stands (prow-contract §6, {@code status.state}). */
public enum JobState {
    /** Waits for Prow's scheduler. */
    SCHEDULING,
    /** Created, no pod yet. */
    TRIGGERED,
    /** Has a pod. */
    PENDING,
    /** Passed. */
    SUCCESS,
    /** Its pod failed: a test, the script, the clone, a time-out. */
    FAILURE,
    /** Stopped by a person, a new push or a time limit: nobody's fault. */
    ABORTED,
    /** Prow or the cluster could not run it. */
    ERROR;

    /** The state by Prow's name; empty for a name that Prow does not know. */
    public static Optional<JobState> named(String name) {
        for (JobState state : values()) {
            if (state.prowName().equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Whether a run in this state will not move any more. */
    public boolean isFinal() {
        return switch (this) {
            case SUCCESS, FAILURE, ABORTED, ERROR -> true;
            case SCHEDULING, TRIGGERED, PENDING -> false;
        };
    }

    /** Whether the run ended red: {@link #FAILURE} or {@link #ERROR}. */
    public boolean isRed() {
        return this == FAILURE || this == ERROR;
    }

    /** As Prow writes it. */
    @JsonValue
    public String prowName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
