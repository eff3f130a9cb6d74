// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.command.IncidentActions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.engine.suspect.SuspectSearch;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.Decision.RunOutcome;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentEvent.DiagnosisRevised;
import io.kubevirt.cinotify.incident.IncidentEvent.RunFinished;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentTimeline;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.metrics.PipelineMetrics.DecisionMetrics;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.OutboxWriter;
import io.kubevirt.cinotify.store.DeliveryTable;
import io.kubevirt.cinotify.store.RunOutcomeTable;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One decision of the {@link IncidentService}, within one transaction. */
public final class IncidentUnitOfWork {
    private final Transaction transaction;
    private final IncidentEngine engine;
    private final OutboxWriter outbox;
    private final Config config;
    private final Instant now;
    private final RunOutcomeTable outcomes;
    private final DecisionMetrics metrics = new DecisionMetrics();

    IncidentUnitOfWork(Transaction transaction, IncidentEngine engine, Channels channels, Config config, Instant now) {
        this.outbox = new OutboxWriter(channels, transaction, now);
        this.transaction = transaction;
        this.outcomes = transaction.runOutcomes(now);
        this.engine = engine;
        this.config = config;
        this.now = now;
    }

    public Transaction transaction() {
        return transaction;
    }

    public List<IncidentView> incidents() {
        return engine.incidents();
    }

    /** Whether a run is a failure that counts for its lane: nothing else explains it yet. */
    boolean counts(String run) {
        return engine.counts(run);
    }

    public IncidentActions incidentActions() {
        return new IncidentActionsAdapter(
                engine, transaction, config, now, decisions -> apply(decisions, RunIndex.NONE));
    }

    public OutboxWriter outbox() {
        return outbox;
    }

    public VisibilityResolver visibility() {
        return new VisibilityResolver(config, transaction);
    }

    public Config config() {
        return config;
    }

    public Instant now() {
        return now;
    }

    /** The latest instant of any replica; clocks may differ. */
    Instant latest() {
        return engine.advanceClock(now);
    }

    public void process(List<IncidentEvent> events) {
        process(events, Map.of());
    }

    /**
     * Processes events, in any order.
     *
     * @param deliveries the delivery of each run, by run id
     */
    void process(List<IncidentEvent> events, Map<String, String> deliveries) {
        Map<String, DiagnosedRun> finished = new HashMap<>();
        for (IncidentEvent event : events) {
            switch (event) {
                case RunFinished(Instant at, ObservedRun run) -> finished.put(run.id(), run.diagnosedRun());
                case DiagnosisRevised revised -> outcomes.revise(revised.run(), revised.diagnosis());
                default -> {}
            }
        }
        apply(engine.process(events, transaction.eventHistory(), now), new RunIndex(deliveries, finished));
    }

    /** The runs of this step by id. */
    private record RunIndex(Map<String, String> deliveries, Map<String, DiagnosedRun> finished) {
        static final RunIndex NONE = new RunIndex(Map.of(), Map.of());
    }

    /** Sends no notifications before this time has passed. */
    void deferNotifications(Duration time) {
        engine.deferNotifications(time, now);
    }

    /** Performs the action of a person; returns the rejections. */
    public List<Decision.Reject> perform(IncidentAction action) {
        Decisions decisions = engine.perform(action, transaction.eventHistory(), now);
        apply(decisions, RunIndex.NONE);
        return decisions.decisions().stream()
                .filter(Decision.Reject.class::isInstance)
                .map(Decision.Reject.class::cast)
                .toList();
    }

    void tick() {
        process(List.of());
    }

    DecisionMetrics metrics() {
        return metrics;
    }

    private void apply(Decisions decisions, RunIndex runs) {
        saveIncidents(decisions);
        settleRuns(decisions, runs);
        List<String> alreadySent = new ArrayList<>();
        for (Decision decision : decisions.decisions()) {
            switch (decision) {
                case Decision.Notify notify ->
                    outbox.add(new SuspectSearch(config, transaction)
                            .annotate(new RelatedFailures(config, transaction).annotate(notify)));
                case Decision.Withdraw(String message, SuppressionReason reason, List<String> reasons) -> {
                    if (outbox.withdraw(message)) {
                        transaction.deliveries().withdrawn(message, reason.value());
                        outcomes.withdrawn(message, reason.value());
                        reasons.forEach(
                                each -> transaction.messages().addReason(message, OutgoingMessage.WITHDRAWN + each));
                    } else {
                        alreadySent.add(message);
                    }
                }
                case Decision.SettleRun settled -> {}
                case Decision.Reject rejected -> {}
            }
        }
        alreadySent.forEach(message -> apply(engine.markSent(message, transaction.eventHistory(), now), RunIndex.NONE));
    }

    /** Before the messages: who may see an incident follows from its runs. */
    private void settleRuns(Decisions decisions, RunIndex runs) {
        for (Decision decision : decisions.decisions()) {
            if (decision instanceof Decision.SettleRun settled) {
                Optional.ofNullable(runs.deliveries().get(settled.run()))
                        .or(() -> transaction.deliveries().released(settled.run()))
                        .ifPresent(delivery ->
                                settleRun(delivery, settled, runs.finished().get(settled.run())));
            }
        }
        outcomes.join(decisions.joinedRuns());
        transaction.visibility().follow(decisions.joinedRuns());
    }

    private void saveIncidents(Decisions decisions) {
        Map<String, IncidentView> before = new HashMap<>();
        decisions.incidents().forEach(incident -> transaction
                .incidents()
                .find(incident.id())
                .ifPresent(stored -> before.put(incident.id(), stored)));
        metrics.collect(decisions, before, now);
        for (IncidentView incident : decisions.incidents()) {
            transaction
                    .incidents()
                    .save(incident, engine.responseState(incident.id()).orElse(null), now);
            if (!before.containsKey(incident.id()) && !incident.kind().isOfRuns()) {
                transaction.visibility().set(incident.id(), visibility().ofNew(incident));
            }
            if (incident.state() == IncidentState.RETRACTED) {
                outcomes.leave(incident.id());
            }
        }
        transaction.incidentEvents().add(IncidentTimeline.of(before, decisions, now));
    }

    private void settleRun(String delivery, Decision.SettleRun settled, @Nullable DiagnosedRun finished) {
        DeliveryTable deliveries = transaction
                .deliveries()
                .ofRunEnded(finished == null ? null : finished.run().times().completed());
        String run = settled.run();
        List<String> reasons = settled.reasons();
        if (!(settled.outcome() instanceof RunOutcome.Suppressed(SuppressionReason reason)
                && reason == SuppressionReason.SUCCESS)) {
            deliveries.setRun(delivery, run);
        }
        RunOutcomeTable.Outcome outcome =
                switch (settled.outcome()) {
                    case RunOutcome.Suppressed(SuppressionReason reason) -> {
                        deliveries.suppressed(delivery, reason.value(), reasons, now);
                        yield new RunOutcomeTable.Outcome(delivery, "suppressed", reason.value(), null, reasons);
                    }
                    case RunOutcome.Notified(String message) -> {
                        deliveries.notified(delivery, message, reasons, now);
                        yield new RunOutcomeTable.Outcome(delivery, "notified", null, message, reasons);
                    }
                    case RunOutcome.Held() -> {
                        deliveries.held(delivery, run, reasons);
                        yield new RunOutcomeTable.Outcome(delivery, "held", null, null, reasons);
                    }
                };
        Diagnosis diagnosis = finished == null ? null : finished.diagnosis();
        if (finished == null || diagnosis == null) {
            outcomes.settle(run, outcome);
        } else if (!SuppressionReason.DUPLICATE.value().equals(outcome.reason())) {
            outcomes.add(finished.run(), diagnosis, outcome);
        }
    }
}
