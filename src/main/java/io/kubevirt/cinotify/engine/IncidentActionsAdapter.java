// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.command.IncidentActions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.engine.suspect.SuspectSearch;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.DiagnosisFeedback.RuleCount;
import io.kubevirt.cinotify.incident.EventHistory;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.engine.IncidentEngine;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.suspect.SuspectReport;
import io.kubevirt.cinotify.suspect.SuspectVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The incident engine for commands. Valid only within its unit of work. */
final class IncidentActionsAdapter implements IncidentActions {
    private final IncidentEngine engine;
    private final Transaction transaction;
    private final EventHistory history;
    private final Config config;
    private final Instant now;
    private final Consumer<Decisions> decisions;

    /** @param decisions applies decisions in the same transaction */
    IncidentActionsAdapter(
            IncidentEngine engine, Transaction transaction, Config config, Instant now, Consumer<Decisions> decisions) {
        this.engine = engine;
        this.transaction = transaction;
        this.history = transaction.eventHistory();
        this.config = config;
        this.now = now;
        this.decisions = decisions;
    }

    @Override
    public Opened open(IncidentActions.Request request) {
        ReportedProblem problem = new ReportedProblem(
                IncidentKind.REQUEST,
                request.key(),
                request.title(),
                request.diagnosis(),
                true,
                request.why(),
                request.lanes(),
                request.from().conversation().reference());
        Decisions opened = engine.process(List.of(new IncidentEvent.ProblemRaised(now, problem)), history, now);
        IncidentView incident = openedIncident(opened, request.title());
        if (request.onlyRecipient() == null) {
            decisions.accept(opened);
            return new Opened(incident.id(), recipient(opened, incident));
        }
        // A drill notifies only one person: the notification of the responsible member is dropped.
        decisions.accept(opened.withDecisions(opened.decisions().stream()
                .filter(decision -> !(decision instanceof Decision.Notify))
                .toList()));
        Decisions reassigned = engine.perform(
                new IncidentAction.Reassign(incident.id(), request.onlyRecipient(), request.onlyRecipient(), null),
                history,
                now);
        decisions.accept(asOpened(opened, reassigned));
        return new Opened(incident.id(), recipient(reassigned, incident));
    }

    /** The reassignment is the first notification, so it becomes an OPENED one. */
    private static Decisions asOpened(Decisions dropped, Decisions reassigned) {
        Optional<String> text = notifications(dropped)
                .map(notify -> notify.notification().text())
                .findFirst();
        return reassigned.withDecisions(reassigned.decisions().stream()
                .map(decision -> decision instanceof Decision.Notify notify && text.isPresent()
                        ? new Decision.Notify(asOpened(notify.notification(), text.get()), notify.reasons())
                        : decision)
                .toList());
    }

    private static Notification asOpened(Notification message, String text) {
        return new Notification(
                message.id(),
                NotificationKind.OPENED,
                message.decidedAt(),
                message.at(),
                message.incident(),
                message.to(),
                text);
    }

    private static Stream<Decision.Notify> notifications(Decisions opened) {
        return opened.decisions().stream()
                .filter(Decision.Notify.class::isInstance)
                .map(Decision.Notify.class::cast);
    }

    private IncidentView openedIncident(Decisions opened, String title) {
        return Stream.of(opened.incidents(), engine.incidents())
                .flatMap(List::stream)
                .filter(view -> view.kind() == IncidentKind.REQUEST
                        && view.state() == IncidentState.OPEN
                        && view.title().equals(title))
                .max(Comparator.comparing(IncidentView::openedAt))
                .orElseThrow(() -> new IllegalStateException("the engine opened no incident for: " + title));
    }

    /** The recipient of the notification; if there is none, the responsible member of before. */
    private Recipient recipient(Decisions opened, IncidentView incident) {
        return notifications(opened)
                .map(Decision.Notify::notification)
                .filter(message -> message.incident().id().equals(incident.id()))
                .map(Notification::to)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> currentRecipient(incident));
    }

    private Recipient currentRecipient(IncidentView incident) {
        String handle = incident.responsible();
        return new Recipient(
                handle,
                handle == null
                        ? null
                        : config.roster()
                                .member(handle)
                                .flatMap(member ->
                                        member.level(incident.diagnosis().area()))
                                .orElse(null),
                now,
                null,
                false,
                List.of("it was requested before and is open"));
    }

    @Override
    public void add(DiagnosisFeedback feedback) {
        transaction.feedback().add(feedback);
    }

    @Override
    public List<RuleCount> feedbackByRule() {
        return transaction.feedback().byRule();
    }

    @Override
    public List<String> suspects(IncidentView incident) {
        return new SuspectSearch(config, transaction)
                .report(incident)
                .map(SuspectReport::explanation)
                .orElse(List.of());
    }

    @Override
    public void add(SuspectVerdict verdict) {
        boolean shown = transaction
                .incidents()
                .find(verdict.incident())
                .flatMap(incident -> new SuspectSearch(config, transaction).report(incident))
                .filter(report -> report.names(verdict.suspect()))
                .isPresent();
        transaction.merges().add(verdict, shown);
    }

    @Override
    public SuspectVerdict.Figures suspectVerdicts() {
        return transaction.merges().verdicts();
    }

    @Override
    public Optional<String> apply(IncidentAction action) {
        Decisions opened = engine.perform(action, history, now);
        decisions.accept(opened);
        List<String> rejections = new ArrayList<>();
        opened.decisions().forEach(decision -> {
            if (decision instanceof Decision.Reject(IncidentAction rejected, List<String> reasons)
                    && rejected.equals(action)) {
                rejections.addAll(reasons);
            }
        });
        return rejections.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", rejections));
    }
}
