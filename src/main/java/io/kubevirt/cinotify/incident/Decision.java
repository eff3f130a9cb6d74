// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /**
     * What the engine decided in one step.
     *
     * @param incidents the incidents that changed, as they are now
     * @param joinedRuns the incident of each run that now belongs to one, by run id
     * @param action what a person did; null if nobody did, or if it was rejected
     */
    public record Decisions(
            List<Decision> decisions,
            List<IncidentView> incidents,
            Map<String, String> joinedRuns,
            @Nullable IncidentAction action) {
        public Decisions {
            decisions = List.copyOf(decisions);
            incidents = List.copyOf(incidents);
            joinedRuns = Map.copyOf(joinedRuns);
        }

        public Decisions(List<Decision> decisions, List<IncidentView> incidents) {
            this(decisions, incidents, Map.of(), null);
        }

        public Decisions withDecisions(List<Decision> others) {
            return new Decisions(others, incidents, joinedRuns, action);
        }

        public Decisions withRuns(Map<String, String> joined) {
            return new Decisions(decisions, incidents, joined, action);
        }

        /** Of an action, which counts unless it was rejected. */
        public Decisions of(IncidentAction performed) {
            boolean rejected = decisions.stream()
                    .anyMatch(decision ->
                            decision instanceof Reject reject && reject.action().equals(performed));
            return new Decisions(decisions, incidents, joinedRuns, rejected ? null : performed);
        }
    }
}
