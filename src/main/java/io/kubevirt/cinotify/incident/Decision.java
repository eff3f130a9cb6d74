// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.util.List;

/** Something decided, with the reasons that the trace shows. */
public sealed interface Decision {

    /** Why, a sentence a step. */
    List<String> reasons();

    /** Say something, at its instant. */
    record Notify(Notification notification, List<String> reasons) implements Decision {
        /** Copies the reasons. */
        public Notify {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Take back what was to be said later.
     *
     * @param notificationId its identity
     * @param suppressionReason by what name the runs that led to it are counted
     */
    record Withdraw(String notificationId, SuppressionReason suppressionReason, List<String> reasons)
            implements Decision {
        /** Copies the reasons. */
        public Withdraw {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A run has found its fate.
     *
     * @param run its identity
     */
    record SettleRun(String run, RunOutcome outcome, List<String> reasons) implements Decision {
        /** Copies the reasons. */
        public SettleRun {
            reasons = List.copyOf(reasons);
        }
    }

    /** A command that changes nothing. */
    record Reject(IncidentAction action, List<String> reasons) implements Decision {
        /** Copies the reasons. */
        public Reject {
            reasons = List.copyOf(reasons);
        }
    }

    /** What becomes of a run: each has exactly one in the end. */
    sealed interface RunOutcome {

        /** Nothing is said because of it. */
        record Suppressed(SuppressionReason reason) implements RunOutcome {}

        /** It led to a message; whether that is delivered, waits or is withdrawn, so is the run. */
        record Notified(String notificationId) implements RunOutcome {}

        /** It waits for some minutes whether something larger forms; another fate follows. */
        record Held() implements RunOutcome {}
    }
}
