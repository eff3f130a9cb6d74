// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.util.List;

/** A decision of the engine, with the reasons for the trace. */
public sealed interface Decision {
    /** One sentence for each step of the decision. */
    List<String> reasons();

    /** Sends a notification at its {@link Notification#at instant}. */
    record Notify(Notification notification, List<String> reasons) implements Decision {
        public Notify {
            reasons = List.copyOf(reasons);
        }
    }

    /** Withdraws a notification that has not been sent yet. */
    record Withdraw(String notificationId, SuppressionReason suppressionReason, List<String> reasons)
            implements Decision {
        public Withdraw {
            reasons = List.copyOf(reasons);
        }
    }

    record SettleRun(String run, RunOutcome outcome, List<String> reasons) implements Decision {
        public SettleRun {
            reasons = List.copyOf(reasons);
        }
    }

    /** Rejects an action: it changes nothing. */
    record Reject(IncidentAction action, List<String> reasons) implements Decision {
        public Reject {
            reasons = List.copyOf(reasons);
        }
    }

    /** The outcome of a run; in the end each run has exactly one. */
    sealed interface RunOutcome {
        record Suppressed(SuppressionReason reason) implements RunOutcome {}

        /** The run caused a notification, which may be sent, deferred or withdrawn. */
        record Notified(String notificationId) implements RunOutcome {}

        /** The run waits a few minutes to see whether an outage forms; another outcome follows. */
        record Held() implements RunOutcome {}
    }

    /** What the engine decided in one step. {@code incidents}: the incidents that changed, as they are now. */
    public record Decisions(List<Decision> decisions, List<IncidentView> incidents) {
        public Decisions {
            decisions = List.copyOf(decisions);
            incidents = List.copyOf(incidents);
        }
    }
}
