// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.command.IncidentActions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.engine.bump.SuspectAnnotator;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.Decision.RunOutcome;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.metrics.PipelineMetrics.DecisionMetrics;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.OutboxWriter;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One decision of the {@link IncidentService}, within one transaction. */
public final class IncidentUnitOfWork {
    private final Transaction transaction;
    private final IncidentEngine engine;
    private final OutboxWriter outbox;
    private final Config config;
    private final Instant now;
    private final DecisionMetrics metrics = new DecisionMetrics();

    IncidentUnitOfWork(Transaction transaction, IncidentEngine engine, Channels channels, Config config, Instant now) {
        this.outbox = new OutboxWriter(channels, transaction, now);
        this.transaction = transaction;
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

    public IncidentActions incidentActions() {
        return new IncidentActionsAdapter(
                engine, transaction.eventHistory(), config.roster(), now, decisions -> apply(decisions, Map.of()));
    }

    public OutboxWriter outbox() {
        return outbox;
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
        apply(engine.process(events, transaction.eventHistory(), now), deliveries);
    }

    /** Sends no notifications before this time has passed. */
    void deferNotifications(Duration time) {
        engine.deferNotifications(time, now);
    }

    /** Performs the action of a person; returns the rejections. */
    public List<Decision.Reject> perform(IncidentAction action) {
        Decisions decisions = engine.perform(action, transaction.eventHistory(), now);
        apply(decisions, Map.of());
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

    private void apply(Decisions decisions, Map<String, String> deliveries) {
        metrics.collect(decisions, transaction.incidents(), now);
        decisions.incidents().forEach(incident -> transaction
                .incidents()
                .save(incident, engine.responseState(incident.id()).orElse(null), now));
        List<String> alreadySent = new ArrayList<>();
        for (Decision decision : decisions.decisions()) {
            switch (decision) {
                case Decision.Notify notify -> outbox.add(new SuspectAnnotator(config, transaction).annotate(notify));
                case Decision.Withdraw(String message, SuppressionReason reason, List<String> reasons) -> {
                    if (outbox.withdraw(message)) {
                        transaction.deliveries().withdrawn(message, reason.value());
                        reasons.forEach(each -> transaction.messages().addReason(message, OutgoingMessage.WITHDRAWN + each));
                    } else {
                        alreadySent.add(message);
                    }
                }
                case Decision.SettleRun(String run, RunOutcome outcome, List<String> reasons) ->
                    Optional.ofNullable(deliveries.get(run))
                            .or(() -> transaction.deliveries().released(run))
                            .ifPresent(delivery -> settleRun(delivery, run, outcome, reasons));
                case Decision.Reject rejected -> {}
            }
        }
        alreadySent.forEach(message -> apply(engine.markSent(message, now), Map.of()));
    }

    private void settleRun(String delivery, String run, RunOutcome outcome, List<String> reasons) {
        if (!(outcome instanceof RunOutcome.Suppressed(SuppressionReason reason)
                && reason == SuppressionReason.SUCCESS)) {
            transaction.deliveries().setRun(delivery, run);
        }
        switch (outcome) {
            case RunOutcome.Suppressed(SuppressionReason reason) ->
                transaction.deliveries().suppressed(delivery, reason.value(), reasons, now);
            case RunOutcome.Notified(String message) ->
                transaction.deliveries().notified(delivery, message, reasons, now);
            case RunOutcome.Held() -> transaction.deliveries().held(delivery, run, reasons);
        }
    }
}
