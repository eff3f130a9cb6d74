// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.command.IncidentActions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.engine.bump.SuspectAnnotator;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decisions;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.metrics.DecisionMetrics;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.outbox.OutboxWriter;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One decision at the {@link IncidentService}, within one transaction. */
public final class IncidentUnitOfWork {

    private final Transaction transaction;
    private final IncidentEngine engine;
    private final OutboxWriter outbox;
    private final Config config;
    private final Instant now;
    private final DecisionMetrics metrics = new DecisionMetrics();

    IncidentUnitOfWork(Transaction transaction, IncidentEngine core, Channels channels, Config settings, Instant now) {
        this.outbox = new OutboxWriter(channels, transaction, now);
        this.transaction = transaction;
        this.engine = core;
        this.config = settings;
        this.now = now;
    }

    /** For whatever else belongs to the decision. */
    public Transaction transaction() {
        return transaction;
    }

    /** The incidents that are open or just over. */
    public List<IncidentView> incidents() {
        return engine.incidents();
    }

    /** Where people's requests and answers go. */
    public IncidentActions incidentActions() {
        return new IncidentActionsAdapter(
                engine, transaction.eventHistory(), config.roster(), now, rulings -> apply(rulings, Map.of()));
    }

    /** For whatever else is to be said. */
    public OutboxWriter outbox() {
        return outbox;
    }

    /** The settings by which it is decided. */
    public Config config() {
        return config;
    }

    /** When it is decided. */
    public Instant now() {
        return now;
    }

    /** The latest instant that any replica has come to: what happened before it is not of the future. */
    Instant latest() {
        return engine.advanceClock(now);
    }

    /** Takes in what has happened, in any order. */
    public void process(List<IncidentEvent> inputs) {
        process(inputs, Map.of());
    }

    /**
     * Takes in what has happened, in any order.
     *
     * @param deliveries which delivery told of a run, by the run's identity
     */
    void process(List<IncidentEvent> inputs, Map<String, String> deliveries) {
        apply(engine.process(inputs, transaction.eventHistory(), now), deliveries);
    }

    /** Nobody is told before so much time has passed. */
    void deferNotifications(Duration time) {
        engine.deferNotifications(time, now);
    }

    /** Does what a person wants; what is refused, and why. */
    public List<Decision.Reject> perform(IncidentAction command) {
        Decisions rulings = engine.perform(command, transaction.eventHistory(), now);
        apply(rulings, Map.of());
        return rulings.decisions().stream()
                .filter(Decision.Reject.class::isInstance)
                .map(Decision.Reject.class::cast)
                .toList();
    }

    void tick() {
        process(List.of());
    }

    /** What it is that is counted of it. */
    DecisionMetrics metrics() {
        return metrics;
    }

    private void apply(Decisions rulings, Map<String, String> deliveries) {
        metrics.collect(rulings, transaction.incidents(), now);
        rulings.incidents().forEach(incident -> transaction
                .incidents()
                .save(incident, engine.responseState(incident.id()).orElse(null), now));
        List<String> saidAllTheSame = new ArrayList<>();
        for (Decision ruling : rulings.decisions()) {
            switch (ruling) {
                case Decision.Notify say -> outbox.add(new SuspectAnnotator(config, transaction).annotate(say));
                case Decision.Withdraw(String message, SuppressionReason why, List<String> reasons) -> {
                    if (outbox.withdraw(message)) {
                        transaction.deliveries().withdrawn(message, why.value());
                    } else {
                        saidAllTheSame.add(message);
                    }
                }
                case Decision.SettleRun(String run, Decision.RunOutcome fate, List<String> reasons) ->
                    Optional.ofNullable(deliveries.get(run))
                            .or(() -> transaction.deliveries().released(run))
                            .ifPresent(delivery -> settleRun(delivery, run, fate, reasons));
                case Decision.Reject refuse -> {}
            }
        }
        saidAllTheSame.forEach(message -> apply(engine.markSent(message, now), Map.of()));
    }

    private void settleRun(String delivery, String run, Decision.RunOutcome fate, List<String> reasons) {
        switch (fate) {
            case Decision.RunOutcome.Suppressed(SuppressionReason reason) ->
                transaction.deliveries().suppressed(delivery, reason.value(), reasons, now);
            case Decision.RunOutcome.Notified(String message) ->
                transaction.deliveries().notified(delivery, message, reasons, now);
            case Decision.RunOutcome.Held() -> transaction.deliveries().held(delivery, run, reasons);
        }
    }
}
